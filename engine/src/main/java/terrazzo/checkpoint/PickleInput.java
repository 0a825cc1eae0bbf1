package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// The bytes of a pickle and how far they were read. Every read is checked against the end.
final class PickleInput {

    private static final int MAX_LINE = 1 << 16; // text protocol: a name or a number
    private static final int MAX_INTEGER = 1024; // bytes; conversions of longer ones take quadratic time

    private final String where;
    private final MemorySegment bytes;
    private long position;

    /// @param where the file, as messages name it
    PickleInput(String where, MemorySegment bytes, long position) {
        this.where = where;
        this.bytes = bytes;
        this.position = position;
    }

    String where() {
        return where;
    }

    long position() {
        return position;
    }

    int u8() {
        return take(1).get(ValueLayout.JAVA_BYTE, 0) & 0xFF;
    }

    int u16() {
        return little(2).shortValue() & 0xFFFF;
    }

    int i32() {
        return (int) little(4).longValue();
    }

    long u32() {
        return little(4).longValue() & 0xFFFF_FFFFL;
    }

    long i64() {
        return little(8).longValue();
    }

    double bigEndianDouble() {
        return take(8).get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0);
    }

    /// An integer in two's complement, little-endian; no bytes make 0.
    BigInteger integer(long count) {
        if (count < 0 || count > MAX_INTEGER) {
            throw damaged("an integer of " + count + " bytes");
        }
        byte[] digits = bytes(count);
        if (digits.length == 0) {
            return BigInteger.ZERO;
        }
        for (int i = 0, j = digits.length - 1; i < j; i++, j--) {
            byte swap = digits[i];
            digits[i] = digits[j];
            digits[j] = swap;
        }
        return new BigInteger(digits);
    }

    byte[] bytes(long count) {
        return take(count).toArray(ValueLayout.JAVA_BYTE);
    }

    /// A text in UTF-8; lone surrogates, which Python can write, become replacement characters.
    String utf8(long count) {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    String latin1(long count) {
        return new String(bytes(count), StandardCharsets.ISO_8859_1);
    }

    /// The text in UTF-8 up to the next line feed, which is consumed too.
    String line() {
        return new String(latin1Line().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// As [#line], each byte a character.
    String latin1Line() {
        long end = position;
        while (end < bytes.byteSize() && bytes.get(ValueLayout.JAVA_BYTE, end) != '\n') {
            if (end - position > MAX_LINE) {
                throw damaged("a line of more than " + MAX_LINE + " bytes");
            }
            end++;
        }
        String line = latin1(end - position);
        take(1);
        return line;
    }

    CheckpointException damaged(String what) {
        String at = String.format(Locale.ROOT, " at byte %,d", position);
        return new CheckpointException(Complaint.at(where)
                .expected("a whole pickle")
                .got(what + at)
                .advice("the file is damaged or incomplete; copy or download it again"));
    }

    private Long little(int count) {
        MemorySegment part = take(count);
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | (part.get(ValueLayout.JAVA_BYTE, i) & 0xFF);
        }
        return count == 4 ? (Long) (long) (int) value : (Long) value;
    }

    private MemorySegment take(long count) {
        if (count < 0 || count > bytes.byteSize() - position) {
            throw damaged(position >= bytes.byteSize() ? "its end" : "a value that goes beyond its end");
        }
        MemorySegment part = bytes.asSlice(position, count);
        position += count;
        return part;
    }
}
