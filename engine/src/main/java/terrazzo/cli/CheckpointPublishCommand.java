package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PthWriter;

/// Makes a checkpoint ready to be given to others.
@Command(
        name = "publish",
        header = "Make a checkpoint ready to be given to others.",
        description = {
            "Write the weights of a checkpoint, and what it says of the model, without the state of training, for the"
                    + " CPU, and put the first eight digits of the file's SHA-256 into its name, as OpenMMLab names"
                    + " what it publishes. PyTorch and MMSegmentation read the file."
        },
        footer = {"Example:", "  terrazzo checkpoint publish work_dirs/fcn/best_mIoU_iter_40000.pth fcn_mydata.pth"})
final class CheckpointPublishCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "IN", description = "the checkpoint to read")
    private Path from = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            arity = "0..1",
            description = "the file to write, without the hash (default: IN's name, beside it)")
    private @Nullable Path to;

    CheckpointPublishCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Checkpoint read = Checkpoint.load(from);
        Path written = PthWriter.publish(to == null ? from : to, read.stateDict(), read.meta());
        console.out().println(written);
        List<String> leftOut = read.otherParts();
        console.say(String.format(
                Locale.ROOT,
                "%d tensors, %,d bytes instead of %,d%s",
                read.stateDict().size(),
                Files.size(written),
                read.sizeBytes(),
                leftOut.isEmpty() ? "" : "; left out: " + String.join(", ", leftOut)));
        return ExitCode.OK;
    }
}
