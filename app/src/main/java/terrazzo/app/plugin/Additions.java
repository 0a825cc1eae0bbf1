package terrazzo.app.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kordamp.ikonli.Ikon;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.canvas.Tool;
import terrazzo.app.spi.PluginContext;
import terrazzo.app.spi.StudioPlugin;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.plugin.Plugin;
import terrazzo.plugin.Plugins;

/// What plugins add to the studio: workspaces, commands, tools. A plugin that fails half way adds nothing.
public final class Additions {

    private final List<Workspace> workspaces = new ArrayList<>();
    private final List<ActionSpec> actions = new ArrayList<>();
    private final List<NamedTool> tools = new ArrayList<>();

    /// A tool that a plugin brought.
    ///
    /// @param id its name is the text `action.tool.ID`
    /// @param icon on its button
    /// @param tool what it does
    public record NamedTool(String id, Ikon icon, Tool tool) {}

    /// Starts the plugins. UI thread.
    public Additions(Plugins plugins, StudioServices services) {
        plugins.use(StudioPlugin.class, (plugin, entry) -> {
            Registration registration = new Registration(plugin, services);
            entry.start(registration);
            registration.finish(this);
        });
    }

    public List<Workspace> workspaces() {
        return List.copyOf(workspaces);
    }

    public List<ActionSpec> actions() {
        return List.copyOf(actions);
    }

    public List<NamedTool> tools() {
        return List.copyOf(tools);
    }

    /// Collects what one plugin adds until it is through.
    private static final class Registration implements PluginContext {

        private final Plugin plugin;
        private final StudioServices services;
        private final List<Workspace> newWorkspaces = new ArrayList<>();
        private final List<ActionSpec> newActions = new ArrayList<>();
        private final List<NamedTool> newTools = new ArrayList<>();
        private final List<String> added = new ArrayList<>();

        Registration(Plugin plugin, StudioServices services) {
            this.plugin = plugin;
            this.services = services;
        }

        @Override
        public void addWorkspace(Function<StudioServices, Workspace> factory) {
            Workspace workspace = factory.apply(services);
            newWorkspaces.add(workspace);
            added.add("workspace " + workspace.id());
        }

        @Override
        public void addAction(ActionSpec action) {
            newActions.add(action);
            added.add("action " + action.id());
        }

        @Override
        public void addTool(String id, Ikon icon, Tool tool) {
            newTools.add(new NamedTool(id, icon, tool));
            added.add("tool " + id);
        }

        @Override
        public void addTexts(String name) {
            services.texts().add(plugin.classLoader(), name);
        }

        @Override
        public StudioServices services() {
            return services;
        }

        void finish(Additions additions) {
            additions.workspaces.addAll(newWorkspaces);
            additions.actions.addAll(newActions);
            additions.tools.addAll(newTools);
            plugin.add(added);
        }
    }
}
