package terrazzo.app;

import java.util.List;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.cli.CommandProvider;
import terrazzo.cli.Console;

/// The studio's command.
public final class StudioCommands implements CommandProvider {

    @Override
    public List<Object> commands(Console console) {
        return List.of(new StudioCommand(console, new EngineSegmentation(console::catalogues, console.userFolder())));
    }
}
