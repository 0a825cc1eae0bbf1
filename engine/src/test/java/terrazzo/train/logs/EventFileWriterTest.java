package terrazzo.train.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileWriterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000, 250_000_000), ZoneOffset.UTC);

    /// What TensorBoard 2.21 writes for the same two events, through its own protocol buffers and record writer.
    private static final String TENSORBOARD = """
        1800000000000000a37f4b22
        0900001040fc54d9411a0d627261696e2e4576656e743a32
        338d2fe9
        1b000000000000001a0d9e13
        0900001040fc54d94110ac022a0d0a0b0a046c6f7373150000003f
        77f990a0
        """;

    @TempDir
    private Path folder;

    @Test
    void writesTheBytesThatTensorBoardWrites() throws IOException {
        EventFileWriter writer = EventFileWriter.create(folder, CLOCK);
        writer.scalar("loss", 0.5, 300);
        assertEquals(TENSORBOARD.replaceAll("\\s", ""), HexFormat.of().formatHex(Files.readAllBytes(writer.file())));
        writer.close();
    }

    @Test
    void namesFilesAsPyTorchDoesAndNeverTwiceTheSame() throws IOException {
        try (EventFileWriter first = EventFileWriter.create(folder, CLOCK);
                EventFileWriter second = EventFileWriter.create(folder, CLOCK)) {
            String name = first.file().getFileName().toString();
            assertTrue(name.matches("events\\.out\\.tfevents\\.1700000000\\..+\\.\\d+\\.0"), name);
            assertNotEquals(first.file(), second.file());
        }
    }
}
