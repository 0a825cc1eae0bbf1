package terrazzo.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Runs command lines as a shell would and keeps what they print.
final class Shell {

    /// @param code the exit code
    /// @param out what came out, with lines that end in `\n`
    /// @param err what was said beside it
    record Outcome(int code, String out, String err) {}

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    /// @param home what `TERRAZZO_HOME` names; written as HOME in outcomes
    Shell(Path home) {
        this.home = home;
        environment.put("TERRAZZO_HOME", home.toString());
    }

    /// Sets another variable.
    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Runs a command line of `terrazzo`.
    Outcome run(String... args) {
        return runWith(_ -> List.of(), args);
    }

    /// Runs a command of a test as one of `terrazzo`.
    Outcome run(Function<Console, Object> command, String name, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = name;
        System.arraycopy(args, 0, all, 1, args.length);
        return runWith(console -> List.of(command.apply(console)), all);
    }

    private Outcome runWith(CommandProvider more, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), environment, false);
        int code = new Main(console, List.of(more)).run(args);
        return new Outcome(code, text(out), text(err));
    }

    private String text(StringWriter written) {
        return written.toString().replace(System.lineSeparator(), "\n").replace(home.toString(), "HOME");
    }
}
