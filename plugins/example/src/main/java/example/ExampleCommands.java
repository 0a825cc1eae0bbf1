package example;

import java.util.List;
import terrazzo.cli.CommandProvider;
import terrazzo.cli.Console;

/// Adds a command to `terrazzo`.
public final class ExampleCommands implements CommandProvider {

    @Override
    public List<Object> commands(Console console) {
        return List.of(new PaletteCommand(console));
    }
}
