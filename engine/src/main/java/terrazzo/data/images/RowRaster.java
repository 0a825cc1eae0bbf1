package terrazzo.data.images;

import java.awt.Point;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

/// A raster that keeps no pixels: rows that a decoder writes into it are handed on, so an image of any size
/// is decoded in the memory of a row.
final class RowRaster extends WritableRaster {

    private final ColorModel colours;
    private final ImageRows.Sink sink;
    private final byte[] bgr;
    private int next;

    /// @param layout of the image as the decoder sees it
    /// @param colours what its samples mean
    RowRaster(SampleModel layout, ColorModel colours, ImageRows.Sink sink) {
        super(layout, new DataBufferByte(1), new Point());
        this.colours = colours;
        this.sink = sink;
        this.bgr = new byte[Math.multiplyExact(3, layout.getWidth())];
    }

    /// Rows handed on so far.
    int rows() {
        return next;
    }

    @Override
    public void setRect(int dx, int dy, Raster part) {
        for (int y = 0; y < part.getHeight(); y++) {
            int row = dy + part.getMinY() + y;
            if (row != next || dx + part.getMinX() != 0 || part.getWidth() != getWidth()) {
                throw new IllegalStateException("expected row " + next + " from the left, got row " + row);
            }
            convert(part, part.getMinY() + y);
            sink.row(next, bgr);
            next++;
        }
    }

    private void convert(Raster part, int y) {
        if (part.getDataBuffer() instanceof DataBufferByte bytes
                && part.getSampleModel() instanceof PixelInterleavedSampleModel layout
                && !(colours instanceof IndexColorModel)
                && colours.getComponentSize(0) == 8) {
            copy(bytes.getData(), layout, (y - part.getSampleModelTranslateY()) * layout.getScanlineStride());
            return;
        }
        Object pixel = null;
        for (int x = 0; x < getWidth(); x++) {
            pixel = part.getDataElements(part.getMinX() + x, y, pixel);
            int rgb = colours.getRGB(pixel);
            bgr[3 * x] = (byte) rgb;
            bgr[3 * x + 1] = (byte) (rgb >> 8);
            bgr[3 * x + 2] = (byte) (rgb >> 16);
        }
    }

    /// Bytes in order red, green, blue, or grey; alpha is dropped.
    private void copy(byte[] from, PixelInterleavedSampleModel layout, int offset) {
        int[] bands = layout.getBandOffsets();
        int step = layout.getPixelStride();
        int red = bands[0];
        int green = bands.length < 3 ? red : bands[1];
        int blue = bands.length < 3 ? red : bands[2];
        for (int x = 0, at = offset; x < getWidth(); x++, at += step) {
            bgr[3 * x] = from[at + blue];
            bgr[3 * x + 1] = from[at + green];
            bgr[3 * x + 2] = from[at + red];
        }
    }
}
