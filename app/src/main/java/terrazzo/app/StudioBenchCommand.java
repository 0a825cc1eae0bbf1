package terrazzo.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Measures the studio on this machine.
@Command(
        name = "bench",
        description = {
            "Measure the studio on this machine, without a display: whole frames painted in software while panning,"
                    + " zooming and dragging, video, a folder of 10,000 images, start-up.",
            "Takes some minutes and about 3 GB of the temporary folder."
        })
public final class StudioBenchCommand implements Callable<Integer> {

    /// What can be measured.
    public enum Part {
        CANVAS,
        SLIDERS,
        VIDEO,
        FOLDER,
        CHARTS,
        STARTUP
    }

    @ParentCommand
    private @Nullable StudioCommand parent;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "canvas, sliders, video, folder, charts, startup (default: all of them)")
    private List<Part> only = List.of(Part.values());

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        StudioCommand studio = parent;
        if (studio == null) {
            throw new IllegalStateException("expected to be a part of the command studio");
        }
        Path folder = Files.createTempDirectory("terrazzo-bench");
        try {
            for (Part part : only) {
                if (part == Part.STARTUP) {
                    new StartUp(folder, studio::say).measure();
                }
            }
            if (only.stream().anyMatch(p -> p != Part.STARTUP)) {
                inWindow(studio, folder);
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    private void inWindow(StudioCommand studio, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        System.setProperty("javafx.animation.fullspeed", "true");
        CompletableFuture<Void> started = new CompletableFuture<>();
        StudioCommand.headless();
        Platform.startup(() -> started.complete(null));
        Platform.setImplicitExit(false);
        started.get();
        studio.say(String.format(
                Locale.ROOT,
                "%d processors, %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch")));
        StudioBench bench = new StudioBench(
                (stage, models) -> studio.inFolder(stage, folder.resolve("home-" + System.nanoTime()), models),
                folder,
                studio::say);
        try {
            for (Part part : only) {
                switch (part) {
                    case CANVAS -> bench.panAndZoom();
                    case SLIDERS -> bench.sliders();
                    case VIDEO -> bench.video(studio.segmentation());
                    case FOLDER -> bench.folder();
                    case CHARTS -> new ChartBench(bench, folder, studio::say).measure();
                    case STARTUP -> {
                        // measured in processes of its own
                    }
                }
            }
        } finally {
            Platform.exit();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
