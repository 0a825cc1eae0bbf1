package terrazzo.data.images;

/// How large a file or image may be before it is refused.
///
/// @param maxPixels of one image; 2^28 is 16384 x 16384, 768 MB once decoded
/// @param maxBytes of one file
public record ImageLimits(long maxPixels, long maxBytes) {

    /// 2^28 pixels and 1 GiB.
    public static final ImageLimits DEFAULT = new ImageLimits(1L << 28, 1L << 30);

    public ImageLimits {
        if (maxPixels < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("expected limits of 1 or more, got " + maxPixels + ", " + maxBytes);
        }
    }
}
