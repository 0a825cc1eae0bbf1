package terrazzo.data.scenes;

/// Arithmetic on `0xRRGGBB`.
final class Colour {

    private Colour() {}

    static int of(float red, float green, float blue) {
        return (level(red) << 16) | (level(green) << 8) | level(blue);
    }

    static int level(float value) {
        return value <= 0 ? 0 : value >= 255 ? 255 : (int) (value + 0.5f);
    }

    static int red(int rgb) {
        return (rgb >> 16) & 0xFF;
    }

    static int green(int rgb) {
        return (rgb >> 8) & 0xFF;
    }

    static int blue(int rgb) {
        return rgb & 0xFF;
    }

    /// Brighter or darker, all channels alike.
    static int scaled(int rgb, float factor) {
        return of(red(rgb) * factor, green(rgb) * factor, blue(rgb) * factor);
    }

    /// `part` of `b` in `a`.
    static int mixed(int a, int b, float part) {
        return of(
                red(a) + (red(b) - red(a)) * part,
                green(a) + (green(b) - green(a)) * part,
                blue(a) + (blue(b) - blue(a)) * part);
    }
}
