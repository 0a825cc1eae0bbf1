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
import picocli.CommandLine.Parameters;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.data.datasets.DataRoot;
import terrazzo.runtime.TorchRuntime;
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

    @Parameters(index = "0", paramLabel = "CONFIG", description = "config file, or the name of a packed one")
    private String config = "";

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

    @Option(
            names = "--data-root",
            paramLabel = "DIR",
            description = "folder of the data (default: what the config says)")
    private @Nullable Path dataRoot;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N (default: ${DEFAULT-VALUE}, a GPU where one works)")
    private String device = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads that one operator may use (default: one per core)")
    private int threads;

    @Mixin
    private CfgOptions cfgOptions = new CfgOptions();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Config read = new ConfigLocator().load(config, cfgOptions.values());
        if (dataRoot != null) {
            read = DataRoot.set(read, dataRoot);
        }
        if (threads > 0) {
            TorchRuntime.threads(threads);
        }
        TrainRequest.Resume from = new TrainRequest.Resume(
                resume != null,
                Optional.ofNullable(resume).filter(f -> !f.isEmpty()).map(Path::of));
        TrainRequest request = new TrainRequest(
                read, folder(read), from, amp ? Optional.of(Precision.BF16) : Optional.empty(), device);
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
        String name = String.valueOf(Path.of(config).getFileName());
        return Path.of("work_dirs", name.endsWith(".py") ? name.substring(0, name.length() - 3) : name);
    }
}
