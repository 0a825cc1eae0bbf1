package terrazzo.data.images;

/// File formats that are read, told by their first bytes and never by the file's name.
public enum ImageFormat {
    JPEG,
    PNG,
    WEBP,
    BMP,
    TIFF,
    GIF,
    PNM
}
