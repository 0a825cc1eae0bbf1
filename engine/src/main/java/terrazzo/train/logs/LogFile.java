package terrazzo.train.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.LogException;

/// One log file that is read as far as it was written, and again when it has grown. The file is not kept
/// open: on Windows that would stop its writer from moving or deleting it.
final class LogFile {

    private static final int CHUNK = 1 << 20;
    private static final int LONGEST = 1 << 28;

    private final Path path;
    private final Records records;
    private byte[] rest = new byte[0];
    private long position;

    /// What a format makes of bytes.
    interface Records {

        /// Takes the whole records in `[0, to)`.
        ///
        /// @param isEnd whether the file ends at `to` for now
        /// @return how many bytes were taken; the rest comes again with what follows it
        int take(byte[] bytes, int to, boolean isEnd, LogBuilder into);
    }

    private LogFile(Path path, Records records) {
        this.path = path;
        this.records = records;
    }

    /// Recognizes a file by its first bytes.
    ///
    /// @param place where the sessions before have come to
    /// @throws LogException when it is missing, or no log
    static LogFile open(Path path, RunPlace place) throws IOException {
        byte[] head = new byte[EventFrame.HEAD];
        int length = 0;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.wrap(head);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                length = bytes.position();
            }
        } catch (NoSuchFileException e) {
            throw new LogException(
                    Complaint.at(path.toString())
                            .expected("a log of a training run")
                            .got("no such file")
                            .advice("check the path"),
                    e);
        }
        boolean isEvents = path.getFileName().toString().contains("tfevents") || EventFrame.isHead(head, length);
        if (isEvents) {
            return new LogFile(path, new EventRecords(place));
        }
        boolean isText = length == 0
                || new String(head, 0, length, StandardCharsets.UTF_8).strip().startsWith("{");
        if (!isText) {
            throw new LogException(Complaint.at(path.toString())
                    .expected("scalars.json, a .log.json or a TensorBoard event file")
                    .got("something else")
                    .advice("give the work dir of a run, or one of these files"));
        }
        return new LogFile(path, new JsonRecords(place));
    }

    Path path() {
        return path;
    }

    /// Whether the file became shorter than what was read of it, so that it is another one now.
    boolean isReplaced() throws IOException {
        return Files.exists(path) && Files.size(path) < position;
    }

    /// Reads what was appended since.
    ///
    /// @param limit how far to read at most, in bytes from the file's start
    /// @return whether anything was
    boolean poll(LogBuilder into, long limit) throws IOException {
        long before = position;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = Math.min(channel.size(), limit);
            byte[] buffer = Arrays.copyOf(rest, (int) Math.min(CHUNK, rest.length + Math.max(0, size - position)));
            int filled = rest.length;
            while (position < size) {
                int room = (int) Math.min(buffer.length - filled, size - position);
                int read = channel.read(ByteBuffer.wrap(buffer, filled, room), position);
                if (read < 0) {
                    break;
                }
                position += read;
                filled += read;
                int taken = records.take(buffer, filled, position >= size, into);
                filled -= taken;
                System.arraycopy(buffer, taken, buffer, 0, filled);
                if (filled == buffer.length) {
                    buffer = longer(buffer);
                }
            }
            rest = Arrays.copyOf(buffer, filled);
        }
        return position > before;
    }

    private byte[] longer(byte[] buffer) throws IOException {
        if (buffer.length >= LONGEST) {
            throw new IOException(path + ": a record of more than " + LONGEST + " bytes");
        }
        return Arrays.copyOf(buffer, Math.max(CHUNK, buffer.length * 2));
    }
}
