package terrazzo.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void replacesTheOldFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("log.txt");
        AtomicFile.writeText(file, "old");
        AtomicFile.writeText(file, "größer");
        assertEquals("größer", Files.readString(file));
        assertEquals(List.of(file), filesIn(folder));
    }

    @Test
    void makesMissingFolders() throws IOException {
        Path file = folder.resolve("a/b/log.txt");
        AtomicFile.writeText(file, "x");
        assertEquals("x", Files.readString(file));
    }

    @Test
    void keepsTheOldFileWhenWritingFails() throws IOException {
        Path file = folder.resolve("log.txt");
        AtomicFile.writeText(file, "old");
        IOException failure = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }));
        assertEquals("disk full", failure.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), filesIn(folder));
    }

    @Test
    void failuresNameTheFileThatWasAskedFor() throws IOException {
        Path taken = folder.resolve("taken/by");
        Files.createDirectories(taken.resolve("others"));
        FileSystemException failure = assertThrows(FileSystemException.class, () -> AtomicFile.writeText(taken, "x"));
        assertEquals(taken.toString(), failure.getFile());
        assertEquals(List.of(taken), filesIn(folder.resolve("taken")));
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
