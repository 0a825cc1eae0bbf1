package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.CheckpointSummary;

/// Says what is in a checkpoint.
@Command(
        name = "inspect",
        header = "Say what is in a checkpoint.",
        description = {
            "Say what is in a checkpoint: format, size, hash, classes, training state, every key with type and"
                    + " shape, and what was not interpreted."
        },
        footer = {"Example:", "  terrazzo checkpoint inspect work_dirs/fcn/iter_40000.pth"})
final class CheckpointInspectCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "a .pth file, new or old, or a .safetensors file")
    private Path file = Path.of("");

    CheckpointInspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        console.out().print(CheckpointSummary.of(Checkpoint.load(file)).text());
        return ExitCode.OK;
    }
}
