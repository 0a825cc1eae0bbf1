package terrazzo.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.Nearest;

/// Words command lines that were not understood: what was wrong, what may have been meant, where to read on.
final class UsageErrors implements IParameterExceptionHandler {

    /// How picocli begins to say that the value of an option or an argument is wrong; the name is all we keep.
    private static final String VALUE =
            "^Invalid value for (?:option '(--?[\\w-]+)'(?: \\(.*?\\))?|positional parameter at index \\S+"
                    + " \\((.*?)\\)): ";

    private final Console console;

    UsageErrors(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        console.say("error: " + text(failure, command));
        console.say("see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE;
    }

    private static String text(ParameterException failure, CommandLine command) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().getFirst(), command);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.equals("Missing required subcommand")) {
            return Complaint.at(command.getCommandSpec().qualifiedName())
                    .expected("one of the commands "
                            + String.join(", ", command.getSubcommands().keySet()))
                    .got("none")
                    .text();
        }
        return ErrorBoundary.lowerFirst(message.replaceFirst(VALUE, "$1$2: "));
    }

    private static String unknown(String argument, CommandLine command) {
        Complaint where = Complaint.at(command.getCommandSpec().qualifiedName());
        if (argument.startsWith("-")) {
            String option = argument.replaceFirst("=.*", "");
            List<String> names = command.getCommandSpec().optionsMap().keySet().stream()
                    .filter(name -> name.startsWith("--"))
                    .toList();
            return where.got("no option '" + option + "'")
                    .advice(Nearest.suggestion(option, names))
                    .text();
        }
        if (!command.getSubcommands().isEmpty()) {
            return where.got("no command '" + argument + "'")
                    .advice(Nearest.suggestion(
                            argument, command.getSubcommands().keySet()))
                    .text();
        }
        return where.got("one argument too many, '" + argument + "'").text();
    }
}
