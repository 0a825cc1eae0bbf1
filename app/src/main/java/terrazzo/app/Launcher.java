package terrazzo.app;

import terrazzo.cli.Main;

/// Starts the program with the studio on board: all commands, and the studio where none is named. It does not extend
/// the toolkit's `Application`, which would ask for modules.
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) {
        Main.main(args);
    }
}
