package terrazzo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Commands about logs of training.
@Command(name = "logs", header = "Draw, export and compare logs of training.", synopsisSubcommandLabel = "COMMAND")
final class LogsCommand {

    private LogsCommand() {}

    static CommandLine of(Console console) {
        return new CommandLine(new LogsCommand())
                .addSubcommand(new LogsPlotCommand(console))
                .addSubcommand(new LogsCsvCommand(console))
                .addSubcommand(new LogsTimeCommand(console));
    }
}
