package terrazzo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Work dirs of runs that never were, with logs that look like those of real ones: noise, a spike, scores now and then.
final class MadeRuns {

    private static final int ROWS = 160;
    private static final int INTERVAL = 50;
    private static final int ROWS_PER_SCORE = 20;

    private MadeRuns() {}

    /// Runs that differ in their learning rates.
    static List<Path> in(Path folder, int count) throws IOException {
        List<Path> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "pspnet_r50-d8_4xb2-40k_cityscapes-512x1024_seed-%02d".formatted(i);
            runs.add(write(folder.resolve(name), i, rows(i)));
        }
        return runs;
    }

    /// A run whose log has a hole of broken lines in its middle, and losses that were not numbers.
    static Path broken(Path run) throws IOException {
        List<String> rows = rows(0);
        for (int i = 60; i < 75; i++) {
            rows.set(i, rows.get(i).substring(0, 20));
        }
        for (int i = 100; i < 104; i++) {
            rows.set(i, rows.get(i).replaceFirst("\"loss\": [^,]+", "\"loss\": NaN"));
        }
        return write(run, 0, rows);
    }

    /// A run in a state, after half of its iterations.
    ///
    /// @param state as `status.json` names it
    /// @param pid of its process
    /// @param message why it failed, empty for nothing
    static Path inState(Path run, String state, long pid, String message) throws IOException {
        List<String> rows = rows(1);
        write(run, 1, message.isEmpty() ? rows.subList(0, ROWS / 2) : List.of());
        Path start = run.resolve("20260102_030405");
        Files.writeString(
                start.resolve("status.json"),
                String.format(
                        Locale.ROOT,
                        "{\"pid\": %d, \"state\": \"%s\", \"iter\": %d, \"maxIters\": %d, \"loss\": %s, \"lr\": 0.0107,"
                                + " \"imagesPerSecond\": 9.5, \"secondsLeft\": 3370, \"message\": \"%s\"}",
                        pid,
                        state,
                        message.isEmpty() ? ROWS * INTERVAL / 2 : 0,
                        ROWS * INTERVAL,
                        message.isEmpty() ? "0.4127" : "null",
                        message));
        Files.writeString(start.resolve("20260102_030405.log"), message.isEmpty() ? String.join("\n", rows) : "");
        Files.writeString(run.resolve("studio.log"), message.isEmpty() ? "Killed\n" : "error: " + message + "\n");
        return run;
    }

    private static List<String> rows(int seed) {
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        double level = 0.3 + 0.05 * random.nextDouble() * (1 + seed % 4);
        for (int i = 1; i <= ROWS; i++) {
            int iter = i * INTERVAL;
            double loss = level + 2.1 * Math.exp(-i / (18.0 + 4 * (seed % 4))) + 0.06 * random.nextGaussian();
            loss = i == 90 && seed % 5 == 0 ? 14 : Math.max(0.05, loss);
            rows.add(String.format(
                    Locale.ROOT,
                    "{\"lr\": %.6f, \"loss\": %.5f, \"time\": %.4f, \"memory\": 5120, \"epoch\": %d, \"iter\": %d,"
                            + " \"step\": %d}",
                    rate(seed) * Math.pow(1 - (i - 1.0) / ROWS, 0.9),
                    loss,
                    0.4 + 0.02 * random.nextDouble(),
                    1 + iter / 372,
                    iter,
                    iter));
            if (i % ROWS_PER_SCORE == 0) {
                double score = 78 - 100 * level * Math.exp(-i / 30.0) - 30 * (level - 0.3);
                rows.add(String.format(
                        Locale.ROOT, "{\"aAcc\": %.2f, \"mIoU\": %.2f, \"step\": %d}", score + 15, score, iter));
            }
        }
        return rows;
    }

    private static double rate(int seed) {
        return 0.01 * (1 << seed % 4);
    }

    private static Path write(Path run, int seed, List<String> rows) throws IOException {
        Path log = run.resolve("20260102_030405/vis_data/scalars.json");
        Files.createDirectories(log.getParent());
        Files.write(log, rows);
        Files.writeString(
                run.resolve("config.py"),
                "optim_wrapper = dict(optimizer=dict(type='SGD', lr=%s))%n".formatted(rate(seed)));
        return run;
    }
}
