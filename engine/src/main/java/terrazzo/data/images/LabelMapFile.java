package terrazzo.data.images;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import terrazzo.core.AtomicFile;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;

/// Reads and writes label maps: palette or grey images whose values are class indices. Palette indices are kept as
/// they are, whatever colours they stand for. Safe to use from many threads.
public final class LabelMapFile {

    /// Grey of 2 and 4 bits is spread over 0 to 255 by the reference's decoder (Pillow); so it is here.
    private static final int[] GREY_STEP_BY_BITS = {0, 1, 85, 0, 17};

    private LabelMapFile() {}

    /// Reads a file with [ImageLimits#DEFAULT].
    ///
    /// @throws MediaException when it is missing, empty, no image, truncated, damaged, too large or not a label map
    public static LabelMap load(Path file) {
        return load(file, ImageLimits.DEFAULT);
    }

    /// @throws MediaException when it is missing, empty, no image, truncated, damaged, beyond `limits`, in colour, or
    ///     holds a value above 255
    public static LabelMap load(Path file, ImageLimits limits) {
        return decode(ImageBytes.load(file, limits));
    }

    /// Decodes bytes that are a whole file.
    ///
    /// @param name as messages call it
    /// @throws MediaException as [#load(Path, ImageLimits)] does
    public static LabelMap decode(String name, byte[] bytes, ImageLimits limits) {
        return decode(ImageBytes.of(name, bytes, limits));
    }

    private static LabelMap decode(ImageBytes source) {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(source.bytes()));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw source.damaged(e);
        }
        if (image == null) {
            throw notLabels(source, "a " + source.header().format() + " file");
        }
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        if (!palette && image.getColorModel().getNumColorComponents() != 1) {
            throw notLabels(source, "a colour image");
        }
        return new LabelMap(new Size(image.getHeight(), image.getWidth()), indices(source, image));
    }

    private static byte[] indices(ImageBytes source, BufferedImage image) {
        int width = image.getWidth();
        boolean bytePerPixel =
                image.getType() == BufferedImage.TYPE_BYTE_INDEXED || image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        if (bytePerPixel
                && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getData().length == width * image.getHeight()) {
            return buffer.getData();
        }
        int step = greyStep(source, image.getColorModel());
        byte[] labels = new byte[width * image.getHeight()];
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                int label = row[x] * step;
                if (label > 255) {
                    throw new MediaException(Complaint.at(source.name())
                            .expected("class indices from 0 to 255")
                            .got(label + " at (" + x + ", " + y + ")")
                            .advice("convert the label map to 8 bits"));
                }
                labels[y * width + x] = (byte) label;
            }
        }
        return labels;
    }

    /// ImageIO shows packed grey as a palette of greys; PNG's colour type 0 (byte 25 of the file) tells the two apart.
    private static int greyStep(ImageBytes source, ColorModel model) {
        boolean greyPng = source.header().format() == ImageFormat.PNG && source.bytes()[25] == 0;
        int bits = model.getPixelSize();
        return greyPng && bits < GREY_STEP_BY_BITS.length ? GREY_STEP_BY_BITS[bits] : 1;
    }

    private static MediaException notLabels(ImageBytes source, String got) {
        return new MediaException(Complaint.at(source.name())
                .expected("one class index per pixel (palette or grey PNG)")
                .got(got)
                .advice("convert its colours to class indices first"));
    }

    /// Writes an 8-bit palette PNG; indices beyond the palette are drawn black. The file is there whole or not at all.
    ///
    /// @throws MediaException when the file can't be written
    public static void save(Path file, LabelMap labels, Palette palette) {
        try {
            AtomicFile.write(file, out -> {
                try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                    if (!ImageIO.write(asImage(labels, palette), "png", stream)) {
                        throw new IOException("no PNG writer");
                    }
                }
            });
        } catch (IOException e) {
            throw new MediaException(
                    Complaint.at(file.toString()).expected("a writable file").got(String.valueOf(e.getMessage())), e);
        }
    }

    private static BufferedImage asImage(LabelMap labels, Palette palette) {
        int[] colors = new int[256];
        for (int i = 0; i < 256; i++) {
            colors[i] = palette.rgb(i);
        }
        IndexColorModel model = new IndexColorModel(8, 256, colors, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image =
                new BufferedImage(labels.width(), labels.height(), BufferedImage.TYPE_BYTE_INDEXED, model);
        image.getRaster().setDataElements(0, 0, labels.width(), labels.height(), labels.asBytes());
        return image;
    }
}
