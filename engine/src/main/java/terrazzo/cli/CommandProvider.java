package terrazzo.cli;

import java.util.List;

/// Adds commands to `terrazzo`. The studio and plugins name their implementation in
/// `META-INF/services/terrazzo.cli.CommandProvider`; it needs a constructor without parameters.
public interface CommandProvider {

    /// Objects that picocli's `@Command` describes, each a `Callable<Integer>` that gives an exit code, or a
    /// `Runnable`; their failures are worded like those of all commands, so they just throw. Called once at start:
    /// build nothing here that takes time.
    List<Object> commands(Console console);
}
