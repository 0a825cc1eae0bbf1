package terrazzo.app;

import picocli.CommandLine;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.models.catalogue.StandardParts;

/// Starts the studio from a class path: it does not extend the toolkit's `Application`, which would ask for modules.
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(command()).execute(args));
    }

    static StudioCommand command() {
        return new StudioCommand(new EngineSegmentation(
                StandardParts.parts(), StudioHome.ofUser().models()));
    }
}
