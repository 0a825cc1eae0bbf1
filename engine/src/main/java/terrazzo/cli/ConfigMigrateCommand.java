package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.AtomicFile;

/// Writes a config of 0.x in the words of 1.x.
@Command(
        name = "migrate",
        header = "Write a config of MMSegmentation 0.x in the words of 1.x.",
        description = {
            "Write a config of MMSegmentation 0.x as one file in the words of 1.x, with everything that it inherits."
                    + " Terrazzo reads both; the new file also works in MMSegmentation 1.x."
        },
        footer = {"Example:", "  terrazzo config migrate old/pspnet_r50-d8.py pspnet_r50-d8.py"})
final class ConfigMigrateCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "OLD", description = "the config to read; it stays as it is")
    private String from = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "the file to write; Python text, or JSON for .json")
    private Path to = Path.of("");

    @Mixin
    private OutputFile output = new OutputFile();

    ConfigMigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        output.check(to);
        Config read = new ConfigLocator().load(from, List.of());
        if (!read.isLegacy()) {
            console.warn(from + " is a config of 1.x already; the new file has its bases merged in");
        }
        AtomicFile.writeText(to, to.toString().endsWith(".json") ? read.toJson() : read.toPython());
        console.say("wrote " + to);
        return ExitCode.OK;
    }
}
