package terrazzo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Commands about models.
@Command(
        name = "model",
        header = "List models, describe one, count and draw it, get its weights.",
        synopsisSubcommandLabel = "COMMAND")
final class ModelCommand {

    private ModelCommand() {}

    static CommandLine of(Console console) {
        return new CommandLine(new ModelCommand())
                .addSubcommand(new ModelListCommand(console))
                .addSubcommand(new ModelInfoCommand(console))
                .addSubcommand(new ModelFlopsCommand(console))
                .addSubcommand(new ModelGraphCommand(console))
                .addSubcommand(new ModelDownloadCommand(console))
                .addSubcommand(new ModelAddCommand(console));
    }
}
