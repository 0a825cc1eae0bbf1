package terrazzo.runtime;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.Optional;

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

    /// The only element of a float32 tensor.
    public float toFloat() {
        return array.getFloat();
    }

    /// Flows gradients from this scalar back to the trainable weights, adding to those they have.
    public void backward() {
        JniUtils.setGradMode(true);
        try (PtNDArray one = (PtNDArray) array.getManager().ones(array.getShape())) {
            JniUtils.backward(array, one, false, false);
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
