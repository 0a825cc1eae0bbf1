package terrazzo.app;

import java.util.List;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.app.segment.SegmentationService;
import terrazzo.cli.CommandProvider;
import terrazzo.cli.Console;
import terrazzo.models.catalogue.StandardParts;

/// The studio's command.
public final class StudioCommands implements CommandProvider {

    @Override
    public List<Object> commands(Console console) {
        SegmentationService engine = new EngineSegmentation(
                StandardParts.parts(), StudioHome.ofUser().folder());
        return List.of(new StudioCommand(engine));
    }
}
