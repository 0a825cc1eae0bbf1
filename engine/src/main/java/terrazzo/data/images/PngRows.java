package terrazzo.data.images;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import terrazzo.core.Size;
import terrazzo.core.image.Palette;

/// Writes a PNG row by row, so that an image of any size is written in the memory of a row. Close it after
/// the last row.
public final class PngRows implements AutoCloseable {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    private static final int CHUNK = 1 << 16;
    private static final byte AS_IT_IS = 0;
    private static final byte FROM_LEFT = 1;

    private final DataOutputStream out;
    private final Size size;
    private final int channels;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream pixels;
    private int rows;

    private PngRows(OutputStream out, Size size, int channels) throws IOException {
        this.out = new DataOutputStream(out);
        this.size = size;
        this.channels = channels;
        out.write(SIGNATURE);
        byte[] header = new byte[13];
        number(header, 0, size.width());
        number(header, 4, size.height());
        header[8] = 8; // bits
        header[9] = (byte) (channels == 1 ? 3 : 2); // palette or colour
        chunk("IHDR", header, header.length);
        this.pixels = new DeflaterOutputStream(new BufferedOutputStream(new Pixels(), CHUNK), deflater, CHUNK);
    }

    /// Colour, three bytes per pixel, blue first as everywhere here.
    ///
    /// @param out left open
    public static PngRows colour(OutputStream out, Size size) throws IOException {
        return new PngRows(out, size, 3);
    }

    /// A label map: one class index per pixel; indices beyond the palette are drawn black.
    ///
    /// @param out left open
    public static PngRows labels(OutputStream out, Size size, Palette palette) throws IOException {
        PngRows rows = new PngRows(out, size, 1);
        byte[] colours = new byte[3 * 256];
        for (int i = 0; i < 256; i++) {
            colours[3 * i] = (byte) (palette.rgb(i) >> 16);
            colours[3 * i + 1] = (byte) (palette.rgb(i) >> 8);
            colours[3 * i + 2] = (byte) palette.rgb(i);
        }
        rows.chunk("PLTE", colours, colours.length);
        return rows;
    }

    /// Writes the next row.
    ///
    /// @param from holds it
    /// @param offset where it begins
    public void row(byte[] from, int offset) throws IOException {
        int length = size.width() * channels;
        byte[] line = new byte[length + 1];
        if (channels == 1) {
            line[0] = AS_IT_IS;
            System.arraycopy(from, offset, line, 1, length);
        } else {
            line[0] = FROM_LEFT;
            byte[] left = new byte[3];
            for (int i = 0; i < length; i += 3) {
                for (int c = 0; c < 3; c++) {
                    byte value = from[offset + i + 2 - c]; // red first
                    line[1 + i + c] = (byte) (value - left[c]);
                    left[c] = value;
                }
            }
        }
        pixels.write(line);
        rows++;
    }

    /// @throws IllegalStateException when rows are missing
    @Override
    public void close() throws IOException {
        try {
            pixels.close();
        } finally {
            deflater.end();
        }
        if (rows != size.height()) {
            throw new IllegalStateException("expected " + size.height() + " rows, got " + rows);
        }
        chunk("IEND", new byte[0], 0);
        out.flush();
    }

    private void chunk(String type, byte[] content, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content, 0, length);
        out.writeInt(length);
        out.write(name);
        out.write(content, 0, length);
        out.writeInt((int) crc.getValue());
    }

    private static void number(byte[] into, int at, int value) {
        for (int i = 0; i < 4; i++) {
            into[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    /// Each write is a chunk of compressed pixels.
    private final class Pixels extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (count > 0) {
                chunk("IDAT", from == 0 ? bytes : Arrays.copyOfRange(bytes, from, from + count), count);
            }
        }
    }
}
