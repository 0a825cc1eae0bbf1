package terrazzo.golden;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

/// Tensors that are functions of their name and shape, as `tests/golden/README.md` defines them.
final class NamedTensor {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final long seed;

    private NamedTensor(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        this.seed = hash;
    }

    static NamedTensor named(String name) {
        return new NamedTensor(name);
    }

    /// The number at row-major index `i`, from -1 (included) to 1 (excluded).
    double at(long i) {
        long z = seed + (i + 1) * GOLDEN_RATIO;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = z ^ (z >>> 31);
        return (z >>> 11) * 0x1p-52 - 1.0;
    }

    /// `scale * u + offset` as float32, in direct memory.
    ByteBuffer floats(long count, double scale, double offset) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.toIntExact(count * Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (int i = 0; i < count; i++) {
            floats.put((float) (scale * at(i) + offset));
        }
        return bytes;
    }

    /// An input image.
    static ByteBuffer input(String name, long count) {
        return named(name).floats(count, 1.7, 0);
    }

    /// The parameter of that state-dict key.
    static ByteBuffer parameter(String key, long[] shape) {
        String leaf = key.substring(key.lastIndexOf('.') + 1);
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        NamedTensor u = named(key);
        if (leaf.equals("running_var")) {
            return u.floats(count, 0.25, 1);
        }
        if (leaf.equals("running_mean")) {
            return u.floats(count, 0.1, 0);
        }
        if (shape.length == 0) {
            return u.floats(count, 0.25, 0.5);
        }
        if (shape.length == 1) {
            boolean scales = leaf.equals("weight") || leaf.equals("gamma");
            return scales ? u.floats(count, 0.25, 1) : u.floats(count, 0.1, 0);
        }
        return shape[0] == 1
                ? u.floats(count, 0.1, 0)
                : u.floats(count, Math.sqrt(3.0 / ((double) count / shape[0])), 0);
    }
}
