package terrazzo.train.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import terrazzo.core.AtomicFile;

/// Where a run keeps its files, laid out as mmengine does.
///
/// @param workDir the run's folder: checkpoints, `config.py`, `last_checkpoint`
/// @param timestamp name of this start of it: `yyyyMMdd_HHmmss`
public record RunFolder(Path workDir, String timestamp) {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");
    private static final String LAST = "last_checkpoint";

    /// A folder for a run that starts now.
    public static RunFolder now(Path workDir) {
        LocalDateTime time = LocalDateTime.now(ZoneId.systemDefault());
        while (Files.exists(workDir.resolve(time.format(NAME)))) {
            time = time.plusSeconds(1); // two starts within a second
        }
        return new RunFolder(workDir, time.format(NAME));
    }

    /// Text as logs and names use it.
    public static String format(LocalDateTime time) {
        return time.format(NAME);
    }

    /// What belongs to this start alone.
    public Path start() {
        return workDir.resolve(timestamp);
    }

    public Path visData() {
        return start().resolve("vis_data");
    }

    public Path log() {
        return start().resolve(timestamp + ".log");
    }

    public Path scalars() {
        return visData().resolve("scalars.json");
    }

    public Path status() {
        return start().resolve("status.json");
    }

    public Path control() {
        return start().resolve("control");
    }

    /// Writes the config beside the checkpoints and beside the logs.
    public void writeConfig(String python) throws IOException {
        Files.createDirectories(visData());
        removeUnfinished();
        AtomicFile.writeText(workDir.resolve("config.py"), python);
        AtomicFile.writeText(visData().resolve("config.py"), python);
    }

    /// Removes what a killed start was writing.
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(workDir, ".*.tmp")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Notes the checkpoint to resume from.
    public void writeLast(Path checkpoint) throws IOException {
        AtomicFile.writeText(workDir.resolve(LAST), checkpoint.toString());
    }

    /// The checkpoint to resume from; empty when there is none. A folder that was moved is searched under the file's
    /// name alone.
    public static Optional<Path> last(Path workDir) throws IOException {
        Path note = workDir.resolve(LAST);
        if (!Files.exists(note)) {
            return Optional.empty();
        }
        Path noted = Path.of(Files.readString(note).strip());
        if (Files.exists(noted)) {
            return Optional.of(noted);
        }
        Path moved = workDir.resolve(String.valueOf(noted.getFileName()));
        return Files.exists(moved) ? Optional.of(moved) : Optional.empty();
    }

    /// Adds a line to a log in one write, so that a kill leaves at most the last line torn.
    static void append(Path file, String line) {
        try {
            Files.write(
                    file,
                    (line + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
