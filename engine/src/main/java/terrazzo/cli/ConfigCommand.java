package terrazzo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Commands about configs.
@Command(
        name = "config",
        header = "Print configs, and migrate those of MMSegmentation 0.x.",
        description =
                "A config is a file, or the name that one of those packed with the program has in MMSegmentation.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {

    private ConfigCommand() {}

    static CommandLine of(Console console) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigPrintCommand(console))
                .addSubcommand(new ConfigMigrateCommand(console));
    }
}
