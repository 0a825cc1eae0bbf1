package terrazzo.train.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// How TensorBoard's event files hold their records, which is TensorFlow's TFRecord: length (u64), checksum
/// of the length (u32), the bytes, checksum of the bytes (u32), all little-endian.
final class EventFrame {

    /// Bytes before a record's content.
    static final int HEAD = 12;

    /// Bytes after it.
    static final int TAIL = 4;

    private static final int MASK_DELTA = 0xa282ead8;

    private EventFrame() {}

    /// One record with its frame.
    static ByteBuffer of(byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(HEAD + content.length + TAIL).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(content.length);
        frame.putInt(checksum(frame.duplicate().flip()));
        frame.put(content);
        frame.putInt(checksum(ByteBuffer.wrap(content)));
        return frame.flip();
    }

    /// Whether bytes begin a record, by the checksum of its length.
    static boolean isHead(byte[] bytes, int length) {
        ByteBuffer head = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        return length >= HEAD && checksum(head.slice(0, Long.BYTES)) == head.getInt(Long.BYTES);
    }

    /// CRC-32C of the remaining bytes, masked: turned by 15 bits and moved by a constant, so that a checksum
    /// of bytes which hold checksums stays a good one.
    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int sum = (int) crc.getValue();
        return Integer.rotateRight(sum, 15) + MASK_DELTA;
    }
}
