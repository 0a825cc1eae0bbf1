package terrazzo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Commands about models.
@Command(name = "model", header = "List models, and describe one.", synopsisSubcommandLabel = "COMMAND")
final class ModelCommand {

    private ModelCommand() {}

    static CommandLine of(Console console) {
        return new CommandLine(new ModelCommand())
                .addSubcommand(new ModelListCommand(console))
                .addSubcommand(new ModelInfoCommand(console));
    }
}
