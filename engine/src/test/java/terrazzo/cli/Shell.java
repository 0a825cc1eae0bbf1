package terrazzo.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/// Runs command lines as a shell would and keeps what they print.
final class Shell {

    /// @param code the exit code
    /// @param out what came out, with lines that end in `\n`
    /// @param err what was said beside it
    record Outcome(int code, String out, String err) {}

    private final Path home;
    private final ClassLoader loader;

    /// @param home what `TERRAZZO_HOME` names; written as HOME in outcomes
    Shell(Path home) {
        this(home, Shell.class.getClassLoader());
    }

    Shell(Path home, ClassLoader loader) {
        this.home = home;
        this.loader = loader;
    }

    Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(
                new PrintWriter(out), new PrintWriter(err), Map.of("TERRAZZO_HOME", home.toString()), false);
        int code = new Main(console, loader).run(args);
        return new Outcome(code, text(out), text(err));
    }

    private String text(StringWriter written) {
        return written.toString().replace(System.lineSeparator(), "\n").replace(home.toString(), "HOME");
    }
}
