package terrazzo.golden;

import java.nio.charset.StandardCharsets;

/// Numbers that are a function of a name, as golden figures were made of: `u(name)[i]` in [-1, 1).
public final class DeterministicTensor {

    private DeterministicTensor() {}

    /// The first `count` values of `u(name)`.
    public static double[] u(String name, int count) {
        double[] values = new double[count];
        long seed = fnv1a64(name);
        for (int i = 0; i < count; i++) {
            long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            values[i] = (z >>> 11) * 0x1p-52 - 1.0;
        }
        return values;
    }

    /// `float32(scale * u(name))`; inputs have scale 1.7 unless a figure says otherwise.
    public static float[] input(String name, int count, double scale) {
        double[] u = u(name, count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * u[i]);
        }
        return values;
    }

    /// The value of a state-dict entry, in row-major order.
    ///
    /// @param name full key, for example `decode_head.conv_seg.weight`
    public static float[] parameter(String name, int... shape) {
        long count = 1;
        for (int side : shape) {
            count *= side;
        }
        double[] u = u(name, Math.toIntExact(count));
        String leaf = name.substring(name.lastIndexOf('.') + 1);
        float[] values = new float[u.length];
        for (int i = 0; i < u.length; i++) {
            values[i] = (float) value(leaf, u[i], shape, count);
        }
        return values;
    }

    private static double value(String leaf, double u, int[] shape, long count) {
        if (leaf.equals("running_var")) {
            return 1 + 0.25 * u;
        } else if (leaf.equals("running_mean")) {
            return 0.1 * u;
        } else if (shape.length == 0) {
            return 0.5 + 0.25 * u;
        } else if (shape.length == 1) {
            return leaf.equals("weight") || leaf.equals("gamma") ? 1 + 0.25 * u : 0.1 * u;
        } else if (shape[0] == 1) {
            return 0.1 * u;
        }
        return Math.sqrt(3.0 * shape[0] / count) * u; // count / shape[0] = product(shape[1:])
    }

    private static long fnv1a64(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }
}
