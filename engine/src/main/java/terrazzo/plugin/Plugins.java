package terrazzo.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.error.ConfigException;

/// The plugins of a folder, one jar each, in the order of their file names. Each has its own class loader below the
/// program's. Whatever one of them throws is kept beside its name and reported once; the others go on, and one that
/// failed is not asked again.
public final class Plugins implements AutoCloseable {

    /// Python modules whose parts come with the engine, so that configs that import them work as they are.
    private static final Set<String> BUILT_IN = Set.of("mmcls.models", "mmseg", "mmcv", "mmengine");

    private final List<Plugin> plugins = new ArrayList<>();
    private final List<URLClassLoader> classLoaders = new ArrayList<>();
    private final Consumer<? super String> report;

    private Plugins(Consumer<? super String> report) {
        this.report = report;
    }

    /// No plugins.
    public static Plugins none() {
        return new Plugins(_ -> {});
    }

    /// Finds every `*.jar` of a folder and reads its manifest; a folder that is not there holds none.
    ///
    /// @param report hears one line for each plugin that fails, now or later
    public static Plugins load(Path folder, Consumer<? super String> report) {
        Plugins found = new Plugins(report);
        if (Files.isDirectory(folder)) {
            found.jars(folder).forEach(found::load);
        }
        return found;
    }

    /// Every plugin, those that failed too.
    public List<Plugin> all() {
        return List.copyOf(plugins);
    }

    /// Hands each service of a kind to `use`, with the plugin it belongs to.
    public <S> void use(Class<S> kind, BiConsumer<Plugin, S> use) {
        for (Plugin plugin : plugins) {
            if (!plugin.hasFailed()) {
                guarded(plugin, () -> services(kind, plugin).forEach(service -> use.accept(plugin, service)));
            }
        }
    }

    /// Hands a catalogue through the extensions of a kind.
    ///
    /// @param contents kind and name of every entry, to list what was added
    public <C> C extend(Class<? extends Extension<C>> kind, C catalogue, Function<C, Set<String>> contents) {
        List<C> grown = new ArrayList<>(List.of(catalogue));
        use(kind, (plugin, extension) -> {
            C next = extension.extend(grown.getLast());
            plugin.add(Plugin.difference(contents.apply(grown.getLast()), contents.apply(next)));
            grown.add(next);
        });
        return grown.getLast();
    }

    /// Checks that every plugin that a config's `custom_imports` names is there and works.
    ///
    /// @throws ConfigException when one is not
    public void require(ConfigNode root) {
        for (ConfigNode imports : root.optionalNode("custom_imports").stream().toList()) {
            for (String module : modules(imports)) {
                if (!imports.bool("allow_failed_imports", false) && !isBuiltIn(module)) {
                    require(imports, module);
                }
            }
        }
    }

    private void require(ConfigNode imports, String module) {
        Optional<Plugin> plugin =
                plugins.stream().filter(p -> p.manifest().provides(module)).findFirst();
        if (plugin.isEmpty()) {
            throw imports.error(
                    "imports",
                    "a plugin for '" + module + "'",
                    plugins.isEmpty() ? "no plugins" : "only " + String.join(", ", ids()),
                    "put its jar into the folder for plugins, ~/.terrazzo/plugins");
        }
        if (plugin.get().hasFailed()) {
            throw imports.error(
                    "imports",
                    "a working plugin for '" + module + "'",
                    "one that failed: " + plugin.get().failure(),
                    "mend " + plugin.get().jar().getFileName());
        }
    }

    private List<String> ids() {
        return plugins.stream().map(p -> p.manifest().id()).toList();
    }

    private static boolean isBuiltIn(String module) {
        return BUILT_IN.stream().anyMatch(known -> module.equals(known) || module.startsWith(known + "."));
    }

    /// One name or a list of them.
    private static List<String> modules(ConfigNode imports) {
        return imports.find("imports").filter(Value.Str.class::isInstance).isPresent()
                ? List.of(imports.string("imports"))
                : imports.strings("imports", List.of());
    }

    @Override
    public void close() {
        for (URLClassLoader loader : classLoaders) {
            try {
                loader.close();
            } catch (IOException e) {
                report.accept("can't close a plugin: " + e.getMessage());
            }
        }
    }

    private List<Path> jars(Path folder) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            report.accept("can't list the plugins in " + folder + ": " + e.getMessage());
        }
        jars.sort(Comparator.comparing(p -> p.getFileName().toString()));
        return jars;
    }

    private void load(Path jar) {
        ClassLoader program = Plugins.class.getClassLoader();
        Plugin plugin = new Plugin(PluginManifest.unknown(String.valueOf(jar.getFileName())), jar, program);
        try {
            PluginClassLoader loader = new PluginClassLoader(jar.toUri().toURL(), program);
            classLoaders.add(loader);
            plugin = new Plugin(manifestOf(loader), jar, loader);
            check(plugin.manifest());
        } catch (IOException e) {
            fail(plugin, e);
        }
        plugins.add(plugin);
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

    private void check(PluginManifest manifest) throws IOException {
        if (manifest.apiVersion() != PluginManifest.API) {
            throw new IOException("expected plugin interface " + PluginManifest.API + ", got " + manifest.apiVersion());
        }
        if (plugins.stream().anyMatch(p -> p.manifest().id().equals(manifest.id()))) {
            throw new IOException("expected a plugin id of its own, got '" + manifest.id() + "' again");
        }
    }

    private static <S> List<S> services(Class<S> kind, Plugin plugin) {
        return ServiceLoader.load(kind, plugin.classLoader()).stream()
                .filter(p -> plugin.classLoader().equals(p.type().getClassLoader()))
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// The boundary: a plugin may throw anything.
    private void guarded(Plugin plugin, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            fail(plugin, e);
        }
    }

    private void fail(Plugin plugin, Throwable reason) {
        Throwable root =
                reason.getCause() != null && reason instanceof ServiceConfigurationError ? reason.getCause() : reason;
        plugin.fail(
                Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName()));
        report.accept("plugin " + plugin.jar().getFileName() + " failed: " + plugin.failure());
    }
}
