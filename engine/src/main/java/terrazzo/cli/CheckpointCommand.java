package terrazzo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Commands about checkpoints.
@Command(
        name = "checkpoint",
        header = "Look into checkpoints, convert and publish them.",
        description = {"Nothing in a checkpoint is ever executed, whoever made it."},
        synopsisSubcommandLabel = "COMMAND")
final class CheckpointCommand {

    private CheckpointCommand() {}

    static CommandLine of(Console console) {
        return new CommandLine(new CheckpointCommand())
                .addSubcommand(new CheckpointInspectCommand(console))
                .addSubcommand(new CheckpointConvertCommand(console))
                .addSubcommand(new CheckpointPublishCommand(console));
    }
}
