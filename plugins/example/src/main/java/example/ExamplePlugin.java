package example;

import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.action.ActionSpec.Group;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.PluginContext;
import terrazzo.app.spi.StudioPlugin;
import terrazzo.app.spi.StudioServices;

/// Adds a workspace that lists the colours of a palette, and a tool that measures, and an action that greets.
public final class ExamplePlugin implements StudioPlugin {

    @Override
    public void start(PluginContext context) {
        StudioServices services = context.services();
        context.addTexts("example/texts");
        context.addWorkspace(PaletteWorkspace::new);
        context.addTool("example.measure", Feather.CROSSHAIR, new MeasureTool(services));
        context.addAction(ActionSpec.of("example.greet", Group.HELP, () -> greet(services)));
    }

    private static void greet(StudioServices services) {
        services.notices().show(Notice.info(services.texts().get("example.greeting"), ""));
    }
}
