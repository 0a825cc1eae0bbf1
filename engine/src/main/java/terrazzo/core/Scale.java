package terrazzo.core;

/// Width and height in pixels, in that order: the order of `scale` and `img_scale` in configs. See [Size] for the
/// other.
///
/// @param width columns
/// @param height rows
public record Scale(int width, int height) {

    /// The same extent in tensor order.
    public Size toSize() {
        return new Size(height, width);
    }
}
