package terrazzo.train.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Walks through the fields of one message in the wire format of protocol buffers.
final class ProtoReader {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final ByteBuffer bytes;
    private int tag;
    private boolean taken = true;

    /// @param bytes the message, little-endian from position to limit
    ProtoReader(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Moves to the next field, over the last one when nobody took it.
    ///
    /// @return its number, 0 at the end
    /// @throws java.nio.BufferUnderflowException when the message is cut off
    int next() {
        if (!taken) {
            skip();
        }
        if (!bytes.hasRemaining()) {
            return 0;
        }
        tag = (int) varint();
        taken = false;
        return tag >>> 3;
    }

    long number() {
        taken = true;
        return varint();
    }

    double float64() {
        taken = true;
        return bytes.getDouble();
    }

    float float32() {
        taken = true;
        return bytes.getFloat();
    }

    /// The bytes of a text or of a message within; a view.
    ByteBuffer content() {
        taken = true;
        int length = (int) varint();
        ByteBuffer content = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return content;
    }

    boolean isContent() {
        return (tag & 7) == BYTES;
    }

    private void skip() {
        switch (tag & 7) {
            case VARINT -> number();
            case FIXED_64 -> float64();
            case BYTES -> content();
            case FIXED_32 -> float32();
            default -> throw new IllegalArgumentException("wire type " + (tag & 7));
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}
