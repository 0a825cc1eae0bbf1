package terrazzo.data.sample;

import terrazzo.core.Size;

/// Scores before softmax, `[K, H, W]` float32. The array is not copied.
public final class Logits {

    private final int numClasses;
    private final Size size;
    private final float[] values;

    /// @param values `numClasses * height * width` floats, class by class
    public Logits(int numClasses, Size size, float[] values) {
        if (values.length != numClasses * size.area()) {
            throw new IllegalArgumentException(
                    "expected " + numClasses * size.area() + " values, got " + values.length);
        }
        this.numClasses = numClasses;
        this.size = size;
        this.values = values;
    }

    public int numClasses() {
        return numClasses;
    }

    public Size size() {
        return size;
    }

    /// The scores themselves; read only.
    public float[] asFloats() {
        return values;
    }
}
