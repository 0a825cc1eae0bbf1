package terrazzo.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/// Writes files that are either whole or absent, whenever the process or the machine stops: a temporary file in the
/// same folder, forced to the disk, then moved over the old one in a single step.
public final class AtomicFile {

    /// Produces the content of a file.
    @FunctionalInterface
    public interface Body {

        /// Writes everything to `out`, which is buffered and which the caller closes.
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /// Creates or replaces `file`; folders that are missing are made. When `body` or the disk fails, the old file
    /// stays as it was and no temporary file is left.
    ///
    /// @throws IOException when the disk refuses
    public static void write(Path file, Body body) throws IOException {
        Path temporary = temporaryFor(file);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                body.writeTo(out);
                out.flush();
            }
            commit(temporary, file);
        } catch (FileSystemException e) {
            throw temporary.toString().equals(e.getFile()) ? about(file, e) : e;
        } finally {
            Files.deleteIfExists(temporary); // gone already unless something failed
        }
    }

    /// A failure of the temporary file, whose name nobody knows, told of the file that was asked for.
    private static FileSystemException about(Path file, FileSystemException failure) {
        String name = file.toString();
        FileSystemException told = switch (failure) {
            case AccessDeniedException _ -> new AccessDeniedException(name);
            case NoSuchFileException _ -> new NoSuchFileException(name);
            default -> new FileSystemException(name, null, failure.getReason());
        };
        told.initCause(failure);
        return told;
    }

    /// A free name beside `file` for those who can't write to a stream, for example native libraries; the folder is
    /// made when it is missing. Whoever takes the name ends with [#commit] or deletes the file.
    public static Path temporaryFor(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file name");
        }
        Files.createDirectories(folder);
        return folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /// Forces the finished `temporary` file to the disk and moves it over `file` in a single step.
    public static void commit(Path temporary, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Path target = file.toAbsolutePath();
        moveInPlace(temporary, target);
        forceFolder(Objects.requireNonNull(target.getParent()));
    }

    /// Creates or replaces a text file in UTF-8.
    public static void writeText(Path file, CharSequence text) throws IOException {
        write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void moveInPlace(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) { // some network shares; the content is on disk already
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Makes the new name itself survive a power cut. Windows can't open folders and doesn't need it.
    private static void forceFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
