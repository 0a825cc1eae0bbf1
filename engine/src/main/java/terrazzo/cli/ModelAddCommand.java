package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes published weights that the user has.
@Command(
        name = "add",
        header = "Take published weights that you have into the folder for models.",
        description = {
            "Check that a file is what MMSegmentation published for a config, by its hash, and copy it into the folder"
                    + " for models, where --model finds it. For machines without a network."
        },
        footer = {"Example:", "  terrazzo model add fcn_hr18s_4xb2-40k_cityscapes-512x1024 /media/usb/fcn_hr18s.pth"})
final class ModelAddCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", description = "a config, see 'terrazzo model list'")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "the checkpoint; it may have any name")
    private Path file = Path.of("");

    ModelAddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        console.out().println(console.modelStore().add(PublishedModel.find(name), file));
        return ExitCode.OK;
    }
}
