package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import terrazzo.core.Progress;
import terrazzo.data.scenes.DemoScenes;
import terrazzo.inference.SegModel;
import terrazzo.inference.files.SegmentFiles;
import terrazzo.inference.files.SegmentFiles.Job;

/// Draws street scenes and segments them with the bundled model.
@Command(
        name = "demo",
        description = "Draw street scenes, segment them with the bundled model, and write pictures and label maps.",
        footer = {"", "Examples:", "  terrazzo demo", "  terrazzo demo --out pictures --opacity 0.7 --aligned"})
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            defaultValue = "terrazzo-demo",
            description = "folder for the results (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("terrazzo-demo");

    @Mixin
    private final ModelOptions modelOptions;

    @Mixin
    private DrawOptions drawOptions = new DrawOptions();

    DemoCommand(Console console) {
        this.console = console;
        this.modelOptions = new ModelOptions(console);
    }

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        List<Job> jobs = DemoScenes.in(out.resolve("scenes")).stream()
                .map(scene -> new Job(
                        scene,
                        Optional.of(out.resolve("overlay").resolve(name(scene))),
                        Optional.of(out.resolve("mask").resolve(name(scene).replace(".jpg", ".png")))))
                .toList();
        try (SegModel model = modelOptions.open()) {
            SegmentFiles segment = new SegmentFiles(
                    model,
                    model.pipeline(),
                    drawOptions.drawing(model.metainfo().palette(), model.numClasses()),
                    InferCommand.tiles(console));
            SegmentFiles.Report first = segment.run(jobs.subList(0, 1), Progress.NONE, console.cancellation());
            double firstMask = (System.nanoTime() - start) / 1e9;
            SegmentFiles.Report rest = segment.run(jobs.subList(1, jobs.size()), Progress.NONE, console.cancellation());
            int done = first.images() + rest.images();
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%d scenes segmented into %d classes (%s), the first after %.2f s%n",
                            done,
                            model.numClasses(),
                            String.join(", ", model.metainfo().classes()),
                            firstMask);
            console.out().println(out.resolve("overlay"));
            console.out().println(out.resolve("mask"));
            return done == jobs.size() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private static String name(Path scene) {
        return scene.getFileName().toString();
    }
}
