package terrazzo.data.images;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// How an image file says it is to be turned.
final class Orientation {

    /// Not at all.
    static final int UPRIGHT = 1;

    /// Greater numbers swap rows and columns.
    static final int ON_ITS_SIDE = 4;

    private static final int TAG = 0x112;
    private static final int EXIF_IN_PNG = 0x65584966;
    private static final int PIXELS_IN_PNG = 0x49444154;
    private static final int LARGEST_SEGMENT = 1 << 20;
    private static final int LARGEST_DIRECTORY = 256;

    private Orientation() {}

    /// EXIF's number from 1 to 8; [#UPRIGHT] when the file says nothing.
    static int of(Path file, ImageFormat format) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            return switch (format) {
                case JPEG -> jpeg(in);
                case PNG -> png(in);
                case TIFF -> tiff(file);
                case WEBP, BMP, GIF, PNM -> UPRIGHT;
            };
        }
    }

    private static int jpeg(DataInputStream in) throws IOException {
        in.readShort();
        while (true) {
            int marker = in.readUnsignedShort();
            int length = in.readUnsignedShort() - 2;
            if (marker >>> 8 != 0xFF || marker == 0xFFDA || length < 0) {
                return UPRIGHT;
            }
            byte[] segment = in.readNBytes(length);
            if (marker == 0xFFE1 && length > 14 && segment[0] == 'E' && segment[1] == 'x' && segment[4] == 0) {
                return directory(ByteBuffer.wrap(segment, 6, length - 6).slice());
            }
        }
    }

    private static int png(DataInputStream in) throws IOException {
        in.readLong();
        while (true) {
            int length = in.readInt();
            int type = in.readInt();
            if (type == PIXELS_IN_PNG || length < 0) {
                return UPRIGHT;
            }
            if (type == EXIF_IN_PNG && length < LARGEST_SEGMENT) {
                return directory(ByteBuffer.wrap(in.readNBytes(length)));
            }
            in.skipNBytes(length + 4L);
        }
    }

    /// A TIFF is laid out as EXIF is, but its directory may be anywhere in the file.
    private static int tiff(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(8);
            channel.read(head, 0);
            head.order(head.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            ByteBuffer directory = ByteBuffer.allocate(2 + 12 * LARGEST_DIRECTORY);
            channel.read(directory, head.getInt(4) & 0xFFFF_FFFFL);
            return entry(directory.flip().order(head.order()), 0);
        }
    }

    /// The orientation in EXIF's first directory.
    private static int directory(ByteBuffer exif) {
        if (exif.remaining() < 10) {
            return UPRIGHT;
        }
        exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = exif.getInt(4);
        if (at < 8) {
            return UPRIGHT;
        }
        return entry(exif, at);
    }

    private static int entry(ByteBuffer directory, int at) {
        if (at + 2 > directory.limit()) {
            return UPRIGHT;
        }
        int count = directory.getShort(at) & 0xFFFF;
        for (int i = 0; i < count && at + 2 + 12 * (i + 1) <= directory.limit(); i++) {
            int entry = at + 2 + 12 * i;
            if ((directory.getShort(entry) & 0xFFFF) == TAG) {
                return directory.getShort(entry + 8);
            }
        }
        return UPRIGHT;
    }
}
