package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnloadTest {

    private static final int NUMBERS = 16 << 20; // 64 MB
    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    private Path folder;

    @Test
    void takesWhatWasReadOutOfMemory() throws IOException {
        Assumptions.assumeTrue(Files.exists(STATUS), "skipped: only Linux tells of mapped memory");
        HostTensor tensor = tensor();
        long before = mappedKilobytes();
        assertEquals(NUMBERS, tensor.toFloats().length); // reads all of it
        assertTrue(mappedKilobytes() - before > 60_000);
        tensor.unload();
        assertTrue(mappedKilobytes() - before < 5_000);
        assertEquals(3, tensor.toFloats()[3]); // and reads it again
    }

    private HostTensor tensor() throws IOException {
        float[] numbers = new float[NUMBERS];
        numbers[3] = 3;
        Path file = folder.resolve("large.pth");
        StateDict state = new StateDict(Map.of("w", HostTensor.ofFloats(List.of((long) NUMBERS), numbers)));
        PthWriter.write(file, PickleValue.Dict.plain().put("state_dict", state.toValue()));
        return Checkpoint.load(file).stateDict().get("w").orElseThrow();
    }

    private static long mappedKilobytes() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("RssFile"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
