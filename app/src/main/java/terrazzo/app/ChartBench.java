package terrazzo.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import terrazzo.app.chart.Chart;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.workspace.charts.ChartsWorkspace;
import terrazzo.train.logs.RunReader;

/// Measures the charts with a log of a million rows, as mmengine writes them: until it is on screen, and frames
/// while the curves are panned, with the usual charts of it open.
final class ChartBench {

    private static final int ROWS = 1_000_000;
    private static final int FRAMES = 300;
    private static final int PER_VALIDATION = 1000;
    private static final int READS = 3;

    private final StudioBench bench;
    private final Path folder;
    private final Consumer<String> say;

    /// @param bench opens the studio
    /// @param folder for the log, which is made here
    /// @param say hears the figures
    ChartBench(StudioBench bench, Path folder, Consumer<String> say) {
        this.bench = bench;
        this.folder = folder;
        this.say = say;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        Path run = log();
        say(
                "log of " + ROWS + " rows, " + Files.size(file(run)) / 1_000_000 + " MB, read alone, " + READS
                        + " times",
                reading(run));
        try (OpenStudio open = bench.open(new Bands())) {
            OpenStudio.ui(() -> {
                open.studio().show(ChartsWorkspace.ID);
                return true;
            });
            open.settle();
            long start = System.nanoTime();
            long worked = processorNanos();
            OpenStudio.ui(() -> open.studio().currentWorkspace().open(List.of(run)));
            open.settle();
            say("opened, until its charts are drawn", seconds(start, worked));
            Chart chart = open.find(Chart.class, ".chart");
            pan(chart, 0.5, "half of it");
            pan(chart, 0.01, "one hundredth");
        }
    }

    /// Moves a window of some share of the run from its start to its end and back.
    private void pan(Chart chart, double share, String what) throws InterruptedException, ExecutionException {
        ChartLink link = chart.link();
        double width = ROWS * share;
        double way = Math.min(ROWS - width, width);
        long before = OpenStudio.ui(chart::frames);
        long start = System.nanoTime();
        long worked = processorNanos();
        FrameMeter.Figures figures = FrameMeter.measure(FRAMES, i -> {
            double low = way * (0.5 - 0.5 * Math.cos(i * 2 * Math.PI / FRAMES));
            link.rangeProperty().set(Optional.of(new ChartLink.Range(low, low + width)));
        });
        long shown = OpenStudio.ui(chart::frames) - before;
        double rate = shown / ((System.nanoTime() - start) / 1e9);
        say(
                "pan with " + what + " in view",
                String.format(
                        Locale.ROOT,
                        "%s; %.0f frames of the chart per second; %.1f ms of processor time for each",
                        figures,
                        rate,
                        (processorNanos() - worked) / 1e6 / Math.max(1, shown)));
    }

    private static String reading(Path run) throws IOException {
        StringBuilder figures = new StringBuilder();
        for (int i = 0; i < READS; i++) {
            long start = System.nanoTime();
            long worked = processorNanos();
            RunReader.read(run);
            figures.append(i == 0 ? "" : ", ").append(seconds(start, worked));
        }
        return figures.toString();
    }

    /// What this process has computed so far; on a busy machine it says more than the clock.
    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static String seconds(long start, long worked) {
        return String.format(
                Locale.ROOT,
                "%.2f s (%.2f s of processor time)",
                (System.nanoTime() - start) / 1e9,
                (processorNanos() - worked) / 1e9);
    }

    private void say(String what, String figures) {
        say.accept(String.format(Locale.ROOT, "%-64s %s", what, figures));
    }

    private static Path file(Path run) {
        return run.resolve("20260102_030405").resolve("vis_data").resolve("scalars.json");
    }

    /// A falling loss with noise, an accuracy, a polynomial rate; a validation after every thousand rows.
    private Path log() throws IOException {
        Path run = folder.resolve("million");
        Files.createDirectories(file(run).getParent());
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file(run), StandardCharsets.UTF_8)) {
            for (int i = 1; i <= ROWS; i++) {
                double fall = 0.2 + 2 * Math.exp(-4.0 * i / ROWS);
                double loss = fall * (1 + 0.3 * random.nextGaussian());
                double accuracy = 95 - 20 * fall * random.nextDouble();
                out.write("{\"lr\": " + 0.01 * Math.pow(1 - (i - 1.0) / ROWS, 0.9) + ", \"data_time\": "
                        + 0.003 * random.nextDouble() + ", \"loss\": " + loss + ", \"decode.loss_ce\": " + 0.7 * loss
                        + ", \"decode.acc_seg\": " + accuracy + ", \"time\": " + (0.2 + 0.01 * random.nextDouble())
                        + ", \"iter\": " + i + ", \"memory\": 2463, \"step\": " + i + "}\n");
                if (i % PER_VALIDATION == 0) {
                    out.write("{\"aAcc\": " + accuracy + ", \"mIoU\": " + (60 - 20 * fall + random.nextDouble())
                            + ", \"data_time\": 0.01, \"time\": 0.2, \"step\": " + i + "}\n");
                }
            }
        }
        return run;
    }
}
