package terrazzo.app.spi;

import java.util.function.Function;
import org.kordamp.ikonli.Ikon;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.canvas.Tool;

/// What a plugin is given: places to register at, and services; never the window.
public interface PluginContext {

    /// Adds a workspace to the rail.
    void addWorkspace(Function<StudioServices, Workspace> factory);

    /// Adds a command to menu, palette and keys.
    void addAction(ActionSpec action);

    /// Adds a tool for the image to the workspaces that show one; its name is the text `action.tool.ID`.
    void addTool(String id, Ikon icon, Tool tool);

    /// Adds texts: `NAME_en.properties` and `NAME_zh.properties` in the plugin's jar.
    void addTexts(String name);

    /// The studio's services.
    StudioServices services();
}
