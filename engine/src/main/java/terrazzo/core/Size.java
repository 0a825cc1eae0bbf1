package terrazzo.core;

/// Height and width in pixels, in that order: the order of tensors, crops and windows. See [Scale] for the other one.
///
/// @param height rows, at least 0
/// @param width columns, at least 0
public record Size(int height, int width) {

    public Size {
        if (height < 0 || width < 0) {
            throw new IllegalArgumentException("expected a size of 0 or more, got " + height + "x" + width);
        }
    }

    public long area() {
        return (long) height * width;
    }

    /// As `HxW`.
    @Override
    public String toString() {
        return height + "x" + width;
    }
}
