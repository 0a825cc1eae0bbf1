package terrazzo.data.sample;

/// New extent over old one, width first as in configs.
public record ScaleFactor(double width, double height) {

    public ScaleFactor {
        if (!(width > 0 && height > 0)) {
            throw new IllegalArgumentException("expected factors above 0, got " + width + ", " + height);
        }
    }
}
