package terrazzo.data.images;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Cancellation;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;

/// Reads images too large for memory, row by row from the top. JPEG, PNG and TIFF are decoded as they are
/// read (TIFF by bands of its tiles); interlaced PNG, images that are turned by their EXIF orientation and
/// other formats are decoded by OpenCV as a whole, outside the Java heap. Colours are those of [ImageFile].
public final class ImageRows {

    /// What is read of a file to learn its size; the headers of cameras hold previews.
    private static final int HEADER_BYTES = 4 << 20;

    /// A TIFF in one piece is decoded anew for every band, so it is not read by bands from this many rows on.
    private static final int LARGEST_BAND = 2048;

    private ImageRows() {}

    /// Takes rows in order.
    @FunctionalInterface
    public interface Sink {

        /// @param y row, from 0
        /// @param bgr `width * 3` bytes, blue first; used again for the next row
        void row(int y, byte[] bgr);
    }

    /// Width and height by the header, before any turning; empty when the file is missing, no image, or its
    /// header is unusually long.
    public static Optional<Size> size(Path file) {
        try {
            return header(file).map(h -> new Size(Math.toIntExact(h.height()), Math.toIntExact(h.width())));
        } catch (IOException | ArithmeticException _) { // it is told when the file is opened
            return Optional.empty();
        }
    }

    /// The size of the rows that [#read] delivers: [#size] turned as the file says.
    ///
    /// @param size by the header
    public static Size turned(Path file, Size size) {
        try {
            Optional<ImageHeader> header = header(file);
            boolean isOnItsSide =
                    header.isPresent() && Orientation.of(file, header.get().format()) > Orientation.ON_ITS_SIDE;
            return isOnItsSide ? new Size(/* height= */ size.width(), /* width= */ size.height()) : size;
        } catch (IOException _) { // it is told when the file is opened
            return size;
        }
    }

    private static Optional<ImageHeader> header(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ImageHeader.read(in.readNBytes(HEADER_BYTES))
                    .filter(h -> h.width() > 0 && h.height() > 0 && h.pixels() < Integer.MAX_VALUE);
        }
    }

    /// Decodes a file.
    ///
    /// @param size hears the size before the first row
    /// @throws MediaException when it is missing, no image, truncated or damaged
    /// @throws java.util.concurrent.CancellationException when asked to stop
    public static void read(Path file, Opening size, Cancellation cancellation) {
        try {
            ImageHeader header = header(file).orElseThrow(() -> unreadable(file, "none", null));
            if (!byDecoder(file, header, size, cancellation)) {
                wholly(file, size, cancellation);
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) { // what decoders throw
            throw unreadable(file, "a damaged or truncated image", e);
        }
    }

    /// Gives the sink once the size is known.
    @FunctionalInterface
    public interface Opening {

        /// @param size of the image that the rows make up
        Sink of(Size size);
    }

    private static MediaException unreadable(Path file, String got, @Nullable Exception cause) {
        Complaint complaint =
                Complaint.at(file.toString()).expected("an image").got(got).advice("copy or download it again");
        return cause == null ? new MediaException(complaint) : new MediaException(complaint, cause);
    }

    /// False when the decoder can't deliver rows of this file.
    private static boolean byDecoder(Path file, ImageHeader header, Opening opening, Cancellation cancellation)
            throws IOException {
        if (Orientation.of(file, header.format()) != Orientation.UPRIGHT) {
            return false;
        }
        return switch (header.format()) {
            case PNG -> png(file, opening, cancellation);
            case JPEG, TIFF -> byImageIo(file, header, opening, cancellation);
            case WEBP, BMP, GIF, PNM -> false;
        };
    }

    private static boolean png(Path file, Opening opening, Cancellation cancellation) throws IOException {
        try (PngPixels pixels = new PngPixels(file)) {
            if (pixels.isInterlaced()) {
                return false;
            }
            Sink sink = opening.of(pixels.size());
            byte[] bgr = new byte[Math.multiplyExact(3, pixels.size().width())];
            for (int y = 0; y < pixels.size().height(); y++) {
                cancellation.check();
                pixels.read(bgr);
                sink.row(y, bgr);
            }
            return true;
        }
    }

    private static boolean byImageIo(Path file, ImageHeader header, Opening opening, Cancellation cancellation)
            throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return false;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return header.format() == ImageFormat.TIFF
                        ? byBands(reader, opening, cancellation)
                        : byRows(reader, opening, cancellation);
            } finally {
                reader.dispose();
            }
        }
    }

    private static boolean byRows(ImageReader reader, Opening opening, Cancellation cancellation) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            return false; // CMYK, for example
        }
        Size size = new Size(reader.getHeight(0), reader.getWidth(0));
        ImageTypeSpecifier type = types.next();
        ColorModel colours = type.getColorModel();
        Sink sink = opening.of(size);
        RowRaster rows = new RowRaster(type.getSampleModel(size.width(), size.height()), colours, (y, bgr) -> {
            cancellation.check();
            sink.row(y, bgr);
        });
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestination(new BufferedImage(colours, rows, false, null));
        reader.read(0, param);
        if (rows.rows() != size.height()) {
            throw new IOException("ends after row " + rows.rows());
        }
        return true;
    }

    private static boolean byBands(ImageReader reader, Opening opening, Cancellation cancellation) throws IOException {
        int band = reader.getTileHeight(0);
        Size size = new Size(reader.getHeight(0), reader.getWidth(0));
        boolean isColour = reader.getImageTypes(0).hasNext();
        if (!isColour || band > LARGEST_BAND) {
            return false;
        }
        int height = band * Math.max(1, 256 / band);
        Sink sink = opening.of(size);
        byte[] bgr = new byte[Math.multiplyExact(3, size.width())];
        int[] rgb = new int[size.width()];
        for (int y = 0; y < size.height(); y += height) {
            cancellation.check();
            ImageReadParam param = reader.getDefaultReadParam();
            int count = Math.min(height, size.height() - y);
            param.setSourceRegion(new Rectangle(0, y, size.width(), count));
            BufferedImage part = reader.read(0, param);
            for (int row = 0; row < count; row++) {
                part.getRGB(0, row, size.width(), 1, rgb, 0, size.width());
                for (int x = 0; x < rgb.length; x++) {
                    bgr[3 * x] = (byte) rgb[x];
                    bgr[3 * x + 1] = (byte) (rgb[x] >> 8);
                    bgr[3 * x + 2] = (byte) (rgb[x] >> 16);
                }
                sink.row(y + row, bgr);
            }
        }
        return true;
    }

    private static void wholly(Path file, Opening opening, Cancellation cancellation) {
        try (BytePointer name = new BytePointer(file.toString());
                Mat decoded = opencv_imgcodecs.imread(name, opencv_imgcodecs.IMREAD_COLOR)) {
            if (decoded.empty()) {
                throw unreadable(file, "a damaged or unknown image", null);
            }
            Size size = Mats.sizeOf(decoded);
            Sink sink = opening.of(size);
            byte[] bgr = new byte[Math.multiplyExact(3, size.width())];
            for (int y = 0; y < size.height(); y++) {
                cancellation.check();
                try (BytePointer row = decoded.ptr(y)) {
                    row.get(bgr);
                }
                sink.row(y, bgr);
            }
        }
    }
}
