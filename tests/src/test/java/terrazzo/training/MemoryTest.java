package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A training in a process of its own keeps to its memory: bfloat16, averaged weights, random crops, the logs of every
/// iteration. Java's heap is of one size and touched at the start: left to itself it grows by steps of some
/// megabytes of garbage, which is no leak.
final class MemoryTest {

    private static final Logger log = LoggerFactory.getLogger(MemoryTest.class);
    private static final long MEGABYTE = 1024;
    /// Measured were 0.3 MB from iteration 1,000 to 2,000, of 405. In the first thousand it comes in steps, as native
    /// allocators and the compiler warm up: 3 MB from 500 on in one run, 12 MB in another.
    private static final long MOST = 8 * MEGABYTE;
    private static final long LOOK_MILLIS = 100;

    private SmallTraining small;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/status")), "skipped: only Linux tells of resident memory");
        small = SmallTraining.in(folder);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "memory",
            matches = "true",
            disabledReason = "skipped: trains for a minute or more, so it runs with -Dmemory=true only")
    void staysFlatFor2000Iterations() throws IOException, InterruptedException {
        requireFlat(resident(2000), 1000, MOST);
    }

    /// Compares the last look before `from` with the last of all: a quick machine gets few, as iterations are told once
    /// a second.
    private static void requireFlat(NavigableMap<Long, Long> kilobytesByIter, long from, long most) {
        Map.Entry<Long, Long> early = kilobytesByIter.floorEntry(from);
        Map.Entry<Long, Long> late = kilobytesByIter.lastEntry();
        assertNotNull(early, () -> "no look before " + from + ": " + kilobytesByIter);
        assertTrue(late.getKey() > from, () -> "no look after " + from + ": " + kilobytesByIter);
        log.info(
                "resident: {} MB at {} iterations, {} MB at {}",
                early.getValue() / MEGABYTE,
                early.getKey(),
                late.getValue() / MEGABYTE,
                late.getKey());
        long grown = late.getValue() - early.getValue();
        assertTrue(grown < most, () -> "grew by " + grown / MEGABYTE + " MB: " + kilobytesByIter);
    }

    /// Trains, and looks at the process.
    ///
    /// @return kilobytes of resident memory by the iteration at which they were seen
    private NavigableMap<Long, Long> resident(int iters) throws IOException, InterruptedException {
        Path config = small.folder().resolve("config.py");
        Files.writeString(
                config,
                small.config(List.of(
                                "train_dataloader.batch_size=1",
                                "optim_wrapper.type=AmpOptimWrapper",
                                "custom_hooks=[{'type':'EMAHook','momentum':0.01}]",
                                "default_hooks.checkpoint.interval=" + iters / 5,
                                "default_hooks.checkpoint.max_keep_ckpts=1",
                                "train_cfg.max_iters=" + iters,
                                "train_cfg.val_interval=100000"))
                        .toPython());
        Process process = start(config);
        NavigableMap<Long, Long> kilobytesByIter = new TreeMap<>();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            long iter = iter();
            if (iter > 0) {
                kilobytesByIter.put(iter, kilobytes(process.pid(), kilobytesByIter));
            }
        }
        assertEquals(0, process.exitValue(), Files.readString(output()));
        return kilobytesByIter;
    }

    private Path output() {
        return small.folder().resolve("output.txt");
    }

    private Process start(Path config) throws IOException {
        return OwnJvm.training(config, small.workDir(), List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch"))
                .redirectOutput(output().toFile())
                .start();
    }

    /// As the run's status says, once a second.
    private long iter() throws IOException {
        for (Path status : SmallTraining.ofStarts(small.workDir(), "status.json")) {
            return new ObjectMapper()
                    .readTree(Files.readString(status))
                    .path("iter")
                    .asLong();
        }
        return 0;
    }

    /// The last that was seen, when the process has just ended.
    private static long kilobytes(long pid, NavigableMap<Long, Long> seen) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseGet(() -> seen.isEmpty() ? 0 : seen.lastEntry().getValue());
        } catch (NoSuchFileException _) {
            return seen.isEmpty() ? 0 : seen.lastEntry().getValue();
        }
    }
}
