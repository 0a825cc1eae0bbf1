package terrazzo.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;

/// Prints a config as it is after bases, variables and options.
@Command(
        name = "print",
        header = "Print a config with everything it inherits.",
        description = {
            "Print a config with its bases merged in, its variables filled in and options applied, as Python text"
                    + " that MMSegmentation reads too. A config of 0.x is printed as what it means in 1.x."
        },
        footer = {
            "Examples:",
            "  terrazzo config print my_config.py",
            "  terrazzo config print pspnet_r50-d8_4xb2-40k_cityscapes-512x1024 --json",
            "  terrazzo config print my_config.py --cfg-options model.decode_head.num_classes=8"
        })
final class ConfigPrintCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "CONFIG", description = "a file, or the name of a packed config in 1.x or 0.x")
    private String config = "";

    @Option(names = "--json", description = "print JSON; tuples become lists")
    private boolean json;

    @Mixin
    private CfgOptions cfgOptions = new CfgOptions();

    ConfigPrintCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Config read = new ConfigLocator().load(config, cfgOptions.values());
        console.out().println((json ? read.toJson() : read.toPython()).stripTrailing());
        return ExitCode.OK;
    }
}
