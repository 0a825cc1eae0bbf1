package terrazzo.app.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.canvas.Tool;
import terrazzo.app.spi.PluginContext;
import terrazzo.app.spi.StudioPlugin;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;

/// Starts the plugins of a folder, one jar each, in the order of their file names. Each has its own class loader below
/// the studio's. Whatever one of them throws is written down beside its name, and the others start.
public final class PluginLoader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);

    private final StudioServices services;
    private final List<URLClassLoader> classLoaders = new ArrayList<>();
    private final List<LoadedPlugin> plugins = new ArrayList<>();
    private final List<Workspace> workspaces = new ArrayList<>();
    private final List<ActionSpec> actions = new ArrayList<>();
    private final List<NamedTool> tools = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /// A tool that a plugin brought.
    ///
    /// @param id its text key is `tool.ID`
    /// @param tool what it does
    public record NamedTool(String id, Tool tool) {}

    public PluginLoader(StudioServices services) {
        this.services = services;
    }

    /// Starts every `*.jar` of the folder; a folder that is not there holds none.
    public void loadFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            log.warn("can't list plugins in {}", folder, e);
        }
        jars.sort(Comparator.comparing(p -> p.getFileName().toString()));
        jars.forEach(this::load);
    }

    /// Starts one plugin.
    public void load(Path jar) {
        Registration registration = new Registration(services, this.getClass().getClassLoader());
        PluginManifest manifest =
                new PluginManifest(String.valueOf(jar.getFileName()), String.valueOf(jar.getFileName()), "?", 0);
        String failure = "";
        try {
            PluginClassLoader loader = new PluginClassLoader(jar.toUri().toURL(), PluginLoader.class.getClassLoader());
            classLoaders.add(loader);
            registration = new Registration(services, loader);
            manifest = manifestOf(loader);
            start(manifest, loader, registration);
        } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
            // A plugin may throw anything; this is the boundary.
            log.error("plugin {} did not start", jar, e);
            failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            registration = new Registration(services, PluginLoader.class.getClassLoader());
        }
        workspaces.addAll(registration.newWorkspaces);
        actions.addAll(registration.newActions);
        tools.addAll(registration.newTools);
        plugins.add(new LoadedPlugin(manifest, jar, registration.added, failure));
    }

    public List<LoadedPlugin> plugins() {
        return List.copyOf(plugins);
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

    @Override
    public void close() {
        for (URLClassLoader loader : classLoaders) {
            try {
                loader.close();
            } catch (IOException e) {
                log.debug("can't close a plugin", e);
            }
        }
    }

    private static PluginManifest manifestOf(URLClassLoader loader) throws IOException {
        URL file = loader.findResource(PluginManifest.FILE);
        if (file == null) {
            throw new IOException("expected " + PluginManifest.FILE + " in the jar, got none");
        }
        try (InputStream in = file.openStream()) {
            return PluginManifest.read(in);
        }
    }

    private void start(PluginManifest manifest, ClassLoader loader, Registration registration) throws IOException {
        if (manifest.apiVersion() != PluginManifest.API) {
            throw new IOException("expected plugin interface " + PluginManifest.API + ", got " + manifest.apiVersion());
        }
        if (!ids.add(manifest.id())) {
            throw new IOException("expected a plugin id of its own, got '" + manifest.id() + "' again");
        }
        ServiceLoader.load(StudioPlugin.class, loader).stream()
                .filter(p -> loader.equals(p.type().getClassLoader()))
                .forEach(p -> p.get().start(registration));
    }

    /// Collects what one plugin adds, so that nothing of a plugin that fails half way stays.
    private static final class Registration implements PluginContext {

        private final StudioServices services;
        private final ClassLoader loader;
        private final List<Workspace> newWorkspaces = new ArrayList<>();
        private final List<ActionSpec> newActions = new ArrayList<>();
        private final List<NamedTool> newTools = new ArrayList<>();
        private final List<String> added = new ArrayList<>();

        Registration(StudioServices services, ClassLoader loader) {
            this.services = services;
            this.loader = loader;
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
            added.add("command " + action.id());
        }

        @Override
        public void addTool(String id, Tool tool) {
            newTools.add(new NamedTool(id, tool));
            added.add("tool " + id);
        }

        @Override
        public void addTexts(String name) {
            services.texts().add(loader, name);
        }

        @Override
        public StudioServices services() {
            return services;
        }
    }
}
