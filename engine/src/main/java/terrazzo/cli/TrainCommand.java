package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import terrazzo.config.Config;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.Training;
import terrazzo.train.model.TrainableModel.Precision;

/// Trains the model of a config.
@Command(
        name = "train",
        description = "Train the model of a config. Ctrl+C once writes a checkpoint and stops.",
        footer = {
            "",
            "Examples:",
            "  terrazzo train my_config.py --data-root data/cityscapes",
            "  terrazzo train my_config.py --work-dir runs/first --amp",
            "  terrazzo train my_config.py --work-dir runs/first --resume"
        })
final class TrainCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "folder of checkpoints and logs (default: work_dirs/ and the config's name)")
    private @Nullable Path workDir;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "",
            description = "go on from this checkpoint, or from the last one of the work dir")
    private @Nullable String resume;

    @Option(names = "--amp", description = "train in bfloat16 with float32 weights")
    private boolean amp;

    @Mixin
    private TrainedConfig config = new TrainedConfig();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Config read = config.open();
        TrainRequest.Resume from = new TrainRequest.Resume(
                resume != null,
                Optional.ofNullable(resume).filter(f -> !f.isEmpty()).map(Path::of));
        TrainRequest request = new TrainRequest(
                read, folder(read), from, amp ? Optional.of(Precision.BF16) : Optional.empty(), config.device());
        try (TrainView view = new TrainView(console);
                Training training = Training.open(
                        request,
                        console.catalogues(),
                        new Observers(view::status, console.cancellation(), List.of()))) {
            console.say("work dir: " + request.workDir());
            training.runner().run();
        }
        return ExitCode.OK;
    }

    private Path folder(Config read) {
        if (workDir != null) {
            return workDir;
        }
        if (read.root().has("work_dir")) {
            return Path.of(read.root().string("work_dir"));
        }
        String name = String.valueOf(Path.of(config.name()).getFileName());
        return Path.of("work_dirs", name.endsWith(".py") ? name.substring(0, name.length() - 3) : name);
    }
}
