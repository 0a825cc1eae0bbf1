package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// The entries of a mapped zip file, by its central directory
/// ([APPNOTE](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) 4.3, zip64 included). The JDK's own reader
/// does not tell where an entry's bytes are, and stored entries shall be used in place.
final class ZipIndex {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int END_RECORD = 0x06054b50;
    private static final int END_RECORD_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final long MAX_ENTRIES = 200_000;
    private static final long MAX_INFLATED = 1L << 31; // all compressed entries together; PyTorch never compresses
    private static final long MAX_RATIO = 100;
    private static final long FREE_OF_RATIO = 1 << 20;

    /// @param compression 0 stored, 8 deflated
    private record Entry(int compression, long compressedSize, long size, long localHeader) {}

    private final String where;
    private final MemorySegment file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long inflatedSize;

    /// @throws CheckpointException when the directory is missing, inconsistent or too large
    ZipIndex(String where, MemorySegment file) {
        this.where = where;
        this.file = file;
        readDirectory();
    }

    /// Names of the entries in the order of the directory.
    Iterable<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /// The content of an entry: a part of the mapped file, or inflated memory.
    MemorySegment content(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw damaged("no entry '" + name + "'");
        }
        long header = entry.localHeader();
        if (int32(header) != LOCAL) {
            throw damaged("no header for entry '" + name + "'");
        }
        long start = header + 30 + uint16(header + 26) + uint16(header + 28);
        MemorySegment raw = slice(start, entry.compressedSize());
        return switch (entry.compression()) {
            case 0 -> raw;
            case 8 -> inflate(name, raw, entry.size());
            default -> throw damaged("entry '" + name + "' with compression method " + entry.compression());
        };
    }

    private void readDirectory() {
        long end = findEnd();
        long count = uint16(end + 10);
        long size = uint32(end + 12);
        long offset = uint32(end + 16);
        if (end >= 20 && int32(end - 20) == LOCATOR_64) {
            long end64 = int64(end - 20 + 8);
            if (end64 < 0 || end64 > file.byteSize() - 56 || int32(end64) != END_RECORD_64) {
                throw damaged("a zip64 directory that is not there");
            }
            count = int64(end64 + 32);
            size = int64(end64 + 40);
            offset = int64(end64 + 48);
        }
        if (count < 0 || count > MAX_ENTRIES) {
            throw damaged("a directory of " + count + " entries, more than " + MAX_ENTRIES);
        }
        MemorySegment directory = slice(offset, size);
        long at = offset;
        for (long i = 0; i < count; i++) {
            at = readEntry(at, offset + directory.byteSize());
        }
    }

    /// The end record lies at the end of the file, but for a comment of at most 64 KB.
    private long findEnd() {
        long last = file.byteSize() - 22;
        for (long at = last; at >= 0 && at >= last - MAX_COMMENT; at--) {
            if (int32(at) == END_RECORD) {
                return at;
            }
        }
        throw damaged("no directory at its end");
    }

    private long readEntry(long at, long end) {
        if (at + 46 > end || int32(at) != CENTRAL) {
            throw damaged("a directory that breaks off");
        }
        int nameLength = uint16(at + 28);
        int extraLength = uint16(at + 30);
        long next = at + 46 + nameLength + extraLength + uint16(at + 32);
        if (next > end) {
            throw damaged("a directory that breaks off");
        }
        if ((uint16(at + 8) & 1) != 0) {
            throw damaged("encrypted entries");
        }
        String name = new String(slice(at + 46, nameLength).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        Entry entry = new Entry(uint16(at + 10), uint32(at + 20), uint32(at + 24), uint32(at + 42));
        if (entries.put(name, widened(entry, at + 46 + nameLength, extraLength)) != null) {
            throw damaged("two entries named '" + name + "'");
        }
        return next;
    }

    /// Replaces the numbers that did not fit 32 bits by those of the zip64 extra field.
    private Entry widened(Entry entry, long extra, int length) {
        long at = extra;
        while (at + 4 <= extra + length) {
            int tag = uint16(at);
            long end = at + 4 + uint16(at + 2);
            if (tag == 1 && end <= extra + length) {
                long[] numbers = {entry.size(), entry.compressedSize(), entry.localHeader()};
                long next = at + 4;
                for (int i = 0; i < numbers.length; i++) {
                    if (numbers[i] == 0xFFFF_FFFFL && next + 8 <= end) {
                        numbers[i] = int64(next);
                        next += 8;
                    }
                }
                return new Entry(entry.compression(), numbers[1], numbers[0], numbers[2]);
            }
            at = end;
        }
        return entry;
    }

    private MemorySegment inflate(String name, MemorySegment raw, long size) {
        inflatedSize += Math.max(0, size);
        boolean isBomb = size > FREE_OF_RATIO && size / MAX_RATIO > raw.byteSize();
        if (size < 0 || isBomb || inflatedSize > MAX_INFLATED || size > Integer.MAX_VALUE - 8) {
            throw new CheckpointException(Complaint.at(where)
                    .expected("entries that PyTorch stores without compression")
                    .got("'" + name + "' that grows from " + raw.byteSize() + " to " + size + " bytes")
                    .advice("refused to load: it may be a zip bomb"));
        }
        byte[] content = new byte[(int) size];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(raw.asByteBuffer());
            int done = 0;
            while (done < content.length) {
                int n = inflater.inflate(content, done, content.length - done);
                if (n == 0) {
                    throw damaged("entry '" + name + "' shorter than the directory says");
                }
                done += n;
            }
        } catch (DataFormatException e) {
            throw damaged("entry '" + name + "' that can't be inflated");
        }
        return MemorySegment.ofArray(content).asReadOnly();
    }

    private MemorySegment slice(long start, long size) {
        if (start < 0 || size < 0 || start > file.byteSize() || size > file.byteSize() - start) {
            throw damaged("a part that goes beyond its end");
        }
        return file.asSlice(start, size);
    }

    private CheckpointException damaged(String got) {
        return new CheckpointException(Complaint.at(where)
                .expected("a whole zip file")
                .got(got)
                .advice("the file is damaged or incomplete; copy or download it again"));
    }

    private int uint16(long at) {
        return slice(at, 2).get(SHORT, 0) & 0xFFFF;
    }

    private int int32(long at) {
        return slice(at, 4).get(INT, 0);
    }

    private long uint32(long at) {
        return int32(at) & 0xFFFF_FFFFL;
    }

    private long int64(long at) {
        return slice(at, 8).get(LONG, 0);
    }
}
