package terrazzo.app;

import picocli.CommandLine;

/// Starts the studio from a class path: it does not extend the toolkit's `Application`, which would ask for modules.
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new StudioCommand()).execute(args));
    }
}
