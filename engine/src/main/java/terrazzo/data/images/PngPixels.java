package terrazzo.data.images;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import terrazzo.core.Size;

/// The pixels of a PNG that does not come in passes, decoded row by row as the file is read. Samples of 16
/// bits are cut off to 8, alpha is dropped, grey and palettes become colour: what [ImageFile] makes of
/// them.
final class PngPixels implements AutoCloseable {

    private static final int IDAT = 0x49444154;
    private static final int PLTE = 0x504C5445;
    private static final int BUFFER = 1 << 16;

    private final DataInputStream in;
    private final Size size;
    private final int bits;
    private final int colourType;
    private final boolean interlaced;
    private final byte[] palette = new byte[3 * 256];
    private final Inflater inflater = new Inflater();
    private final InflaterInputStream pixels;
    private byte[] above;
    private byte[] line;

    /// Reads everything before the first row.
    PngPixels(Path file) throws IOException {
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        in.skipNBytes(16); // signature, length and name of the header
        int width = in.readInt();
        int height = in.readInt();
        this.size = new Size(height, width);
        this.bits = in.readUnsignedByte();
        this.colourType = in.readUnsignedByte();
        in.skipNBytes(2);
        this.interlaced = in.readUnsignedByte() != 0;
        in.skipNBytes(4);
        int length = in.readInt();
        for (int type = in.readInt(); type != IDAT; type = in.readInt()) {
            if (type == PLTE) {
                in.readFully(palette, 0, Math.min(length, palette.length));
            } else {
                in.skipNBytes(length);
            }
            in.skipNBytes(4);
            length = in.readInt();
        }
        this.pixels = new InflaterInputStream(new Chunks(length), inflater, BUFFER);
        int bytes = Math.toIntExact(((long) width * samples() * bits + 7) / 8);
        this.above = new byte[bytes];
        this.line = new byte[bytes];
    }

    Size size() {
        return size;
    }

    boolean isInterlaced() {
        return interlaced;
    }

    /// Decodes the next row.
    ///
    /// @param bgr `width * 3` bytes
    /// @throws IOException when the file ends too early or is damaged
    void read(byte[] bgr) throws IOException {
        int filter = pixels.read();
        if (filter < 0 || filter > 4 || pixels.readNBytes(line, 0, line.length) < line.length) {
            throw new EOFException("the pixels end too early");
        }
        unfilter(filter, Math.max(1, samples() * bits / 8));
        convert(bgr);
        byte[] next = above;
        above = line;
        line = next;
    }

    private int samples() {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    private void unfilter(int filter, int step) {
        switch (filter) {
            case 0 -> {
                // as it is
            }
            case 1 -> {
                for (int i = step; i < line.length; i++) {
                    line[i] += line[i - step];
                }
            }
            case 2 -> {
                for (int i = 0; i < line.length; i++) {
                    line[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < line.length; i++) {
                    int left = i < step ? 0 : line[i - step] & 0xFF;
                    line[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
                }
            }
            default -> paeth(step);
        }
    }

    private void paeth(int step) {
        for (int i = 0; i < step; i++) {
            line[i] += above[i];
        }
        for (int i = step; i < line.length; i++) {
            int left = line[i - step] & 0xFF;
            int up = above[i] & 0xFF;
            int corner = above[i - step] & 0xFF;
            int toLeft = Math.abs(up - corner);
            int toUp = Math.abs(left - corner);
            int toCorner = Math.abs(left + up - 2 * corner);
            line[i] += (byte) (toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
        }
    }

    private void convert(byte[] bgr) {
        int wide = bits / 8;
        switch (colourType) {
            case 2, 6 -> {
                int step = samples() * wide;
                for (int x = 0, at = 0; x < size.width(); x++, at += step) {
                    bgr[3 * x] = line[at + 2 * wide];
                    bgr[3 * x + 1] = line[at + wide];
                    bgr[3 * x + 2] = line[at];
                }
            }
            case 3 -> {
                for (int x = 0; x < size.width(); x++) {
                    int colour = 3 * sample(x);
                    bgr[3 * x] = palette[colour + 2];
                    bgr[3 * x + 1] = palette[colour + 1];
                    bgr[3 * x + 2] = palette[colour];
                }
            }
            default -> {
                int spread = bits < 8 ? 255 / ((1 << bits) - 1) : 1;
                for (int x = 0; x < size.width(); x++) {
                    byte grey = bits < 8 ? (byte) (sample(x) * spread) : line[x * samples() * wide];
                    bgr[3 * x] = grey;
                    bgr[3 * x + 1] = grey;
                    bgr[3 * x + 2] = grey;
                }
            }
        }
    }

    /// A sample of 8 bits or fewer, packed from the left.
    private int sample(int x) {
        int at = x * bits;
        return (line[at >> 3] & 0xFF) >> (8 - bits - (at & 7)) & ((1 << bits) - 1);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    /// The contents of the chunks of pixels, one after the other.
    private final class Chunks extends InputStream {

        private int left;

        Chunks(int left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            while (left == 0) {
                in.skipNBytes(4);
                int length = in.readInt();
                if (in.readInt() != IDAT) {
                    return -1;
                }
                left = length;
            }
            int n = in.read(into, from, Math.min(count, left));
            left -= Math.max(0, n);
            return n;
        }
    }
}
