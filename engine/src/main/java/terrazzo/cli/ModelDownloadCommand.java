package terrazzo.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Fetches published weights.
@Command(
        name = "download",
        header = "Download the published weights of models.",
        description = {
            "Download the weights that MMSegmentation publishes for a config into the folder for models. A download"
                    + " that was stopped goes on where it stopped; size and hash are checked before the file gets its"
                    + " name. The weights are under MMSegmentation's licence, Apache-2.0; the data sets that they were"
                    + " trained on have terms of their own."
        },
        footer = {
            "Examples:",
            "  terrazzo model download fcn_hr18s_4xb2-40k_cityscapes-512x1024",
            "  terrazzo infer street.jpg --model fcn_hr18s_4xb2-40k_cityscapes-512x1024   # downloads when needed",
            "TERRAZZO_MIRROR names another server to take them from, https_proxy a proxy."
        })
final class ModelDownloadCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "a config with published weights, see 'terrazzo model list'")
    private List<String> names = List.of();

    ModelDownloadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        for (String name : names) {
            console.out().println(PublishedModel.checkpoint(console, PublishedModel.find(name)));
        }
        return ExitCode.OK;
    }
}
