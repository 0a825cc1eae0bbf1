package terrazzo.data.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import terrazzo.core.AtomicFile;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.Raster;

/// Reads and writes images through OpenCV, the decoder that MMSegmentation's pipelines use: grey, palette, 16-bit and
/// CMYK become 8-bit colour, alpha is dropped, and the EXIF orientation is applied. Safe to use from many threads.
public final class ImageFile {

    private ImageFile() {}

    /// What the decoder makes of a file; named as `color_type` in configs.
    public enum ColorType {
        COLOR(opencv_imgcodecs.IMREAD_COLOR),
        GRAYSCALE(opencv_imgcodecs.IMREAD_GRAYSCALE),
        COLOR_IGNORE_ORIENTATION(opencv_imgcodecs.IMREAD_COLOR | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION),
        GRAYSCALE_IGNORE_ORIENTATION(opencv_imgcodecs.IMREAD_GRAYSCALE | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION);

        private final int flags;

        ColorType(int flags) {
            this.flags = flags;
        }
    }

    /// Reads a file with [ImageLimits#DEFAULT].
    ///
    /// @throws MediaException when it is missing, empty, no image, truncated, damaged or too large
    public static Raster load(Path file) {
        return load(file, ImageLimits.DEFAULT);
    }

    /// @throws MediaException when it is missing, empty, no image, truncated, damaged or beyond `limits`
    public static Raster load(Path file, ImageLimits limits) {
        return decode(ImageBytes.load(file, limits), ColorType.COLOR);
    }

    /// Reads a file as `type` says; grey images come with three equal channels.
    ///
    /// @throws MediaException when it is missing, empty, no image, truncated, damaged or beyond `limits`
    public static Raster load(Path file, ColorType type, ImageLimits limits) {
        return decode(ImageBytes.load(file, limits), type);
    }

    /// Decodes bytes that are a whole image file.
    ///
    /// @param name as messages call it
    /// @throws MediaException when they are empty, no image, truncated, damaged or beyond `limits`
    public static Raster decode(String name, byte[] bytes, ImageLimits limits) {
        return decode(ImageBytes.of(name, bytes, limits), ColorType.COLOR);
    }

    private static Raster decode(ImageBytes source, ColorType type) {
        Optional<Raster> image;
        try {
            image = decodeNative(source.bytes(), type.flags);
        } catch (RuntimeException e) { // the form in which JavaCPP passes on what OpenCV throws
            throw source.damaged(e);
        }
        return image.orElseThrow(source::damaged);
    }

    private static Optional<Raster> decodeNative(byte[] bytes, int flags) {
        try (BytePointer pointer = new BytePointer(bytes);
                Mat encoded = new Mat(1, bytes.length, opencv_core.CV_8UC1, pointer);
                Mat decoded = opencv_imgcodecs.imdecode(encoded, flags)) {
            return decoded.empty()
                    ? Optional.empty()
                    : Optional.of(new Raster(Mats.sizeOf(decoded), threeChannels(decoded)));
        }
    }

    private static byte[] threeChannels(Mat decoded) {
        byte[] values = Mats.toBytes(decoded);
        if (decoded.channels() == 3) {
            return values;
        }
        byte[] bgr = new byte[Math.multiplyExact(values.length, 3)];
        for (int i = 0; i < values.length; i++) {
            bgr[3 * i] = values[i];
            bgr[3 * i + 1] = values[i];
            bgr[3 * i + 2] = values[i];
        }
        return bgr;
    }

    /// Writes an image in the format that the file's ending names (`.png`, `.jpg`, `.jpeg`, `.webp`, `.bmp`, `.tif`,
    /// `.tiff`), with OpenCV's usual quality. The file is there whole or not at all.
    ///
    /// @throws MediaException when the ending is unknown or the file can't be written
    public static void save(Path file, Raster image) {
        byte[] bytes = encode(image, ending(file));
        try {
            AtomicFile.write(file, out -> out.write(bytes));
        } catch (IOException e) {
            throw new MediaException(
                    Complaint.at(file.toString()).expected("a writable file").got(String.valueOf(e.getMessage())), e);
        }
    }

    private static String ending(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
        return switch (ending) {
            case ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff" -> ending;
            default ->
                throw new MediaException(Complaint.at(file.toString())
                        .expected("a file name with .png, .jpg, .webp, .bmp or .tif")
                        .got("'" + ending + "'"));
        };
    }

    /// The bytes of an image file.
    ///
    /// @param ending such as `.png`
    public static byte[] encode(Raster image, String ending) {
        try (Mat mat = Mats.ofBytes(image.size(), 3, image.asBgr());
                BytePointer encoded = new BytePointer()) {
            if (!opencv_imgcodecs.imencode(ending, mat, encoded)) {
                throw new MediaException(Complaint.at("image " + image.size())
                        .expected("to encode as " + ending)
                        .got("a failure"));
            }
            byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(bytes);
            return bytes;
        }
    }
}
