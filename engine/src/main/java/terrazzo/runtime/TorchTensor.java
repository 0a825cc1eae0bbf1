package terrazzo.runtime;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.shape.DType;

/// A tensor in native memory. Belongs to the scope that it was made in.
public final class TorchTensor {

    private final PtNDArray array;

    TorchTensor(PtNDArray array) {
        this.array = array;
    }

    PtNDArray array() {
        return array;
    }

    /// Sizes of the axes, outermost first.
    public long[] shape() {
        return array.getShape().getShape();
    }

    /// A copy of the elements of a float32 tensor, row by row.
    public float[] toFloats() {
        return array.toFloatArray();
    }

    /// A copy of the elements of an int64 tensor, row by row.
    public long[] toLongs() {
        return array.toLongArray();
    }

    /// A copy of the elements' bytes, row by row.
    public byte[] toBytes() {
        return array.toByteArray();
    }

    /// The elements' bytes in native memory, row by row; a view where the tensor is contiguous and on the CPU, valid
    /// until
    /// its scope is closed.
    public ByteBuffer asBuffer() {
        return array.toByteBuffer(true);
    }

    /// The elements as a checkpoint keeps them; a view where [#asBuffer()] is one, with its conditions.
    public HostTensor asHost() {
        List<Long> sizes = Arrays.stream(shape()).boxed().toList();
        return HostTensor.of(dtype(), sizes, MemorySegment.ofBuffer(asBuffer()));
    }

    private DType dtype() {
        return switch (array.getDataType()) {
            case UINT8 -> DType.UINT8;
            case INT8 -> DType.INT8;
            case INT32 -> DType.INT32;
            case INT64 -> DType.INT64;
            case FLOAT16 -> DType.FLOAT16;
            case BFLOAT16 -> DType.BFLOAT16;
            case FLOAT32 -> DType.FLOAT32;
            case FLOAT64 -> DType.FLOAT64;
            case BOOLEAN -> DType.BOOL;
            default -> throw new IllegalStateException("no checkpoint keeps " + array.getDataType());
        };
    }

    /// The only element of a float32 tensor.
    public float toFloat() {
        return array.getFloat();
    }

    /// Flows gradients from this scalar back to the trainable weights, adding to those they have.
    public void backward() {
        backward(1);
    }

    /// [#backward()] with every gradient times `scale`.
    public void backward(double scale) {
        JniUtils.setGradMode(true);
        try (PtNDArray factor = (PtNDArray) array.getManager().full(array.getShape(), (float) scale)) {
            JniUtils.backward(array, factor, false, false);
        }
    }

    /// What [#backward()] has added up for this weight; empty when no gradient reached it.
    public Optional<float[]> gradient() {
        if (!array.hasGradient()) {
            return Optional.empty();
        }
        try (PtNDArray gradient = array.getGradient()) {
            return Optional.of(gradient.toFloatArray());
        }
    }
}
