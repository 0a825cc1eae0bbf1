package terrazzo.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.l10n.UserWords;
import terrazzo.app.notice.Notices;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService;

class PluginLoaderTest {

    private static final String GOOD = """
        public class Good implements terrazzo.app.spi.StudioPlugin {
            @Override public void start(terrazzo.app.spi.PluginContext context) {
                context.addTexts("good");
                context.addAction(terrazzo.app.action.ActionSpec.of(
                    "good.hello", terrazzo.app.action.ActionSpec.Group.HELP, () -> {}));
            }
        }
        """;
    private static final String BAD = """
        public class Bad implements terrazzo.app.spi.StudioPlugin {
            @Override public void start(terrazzo.app.spi.PluginContext context) {
                context.addAction(terrazzo.app.action.ActionSpec.of(
                    "bad.hello", terrazzo.app.action.ActionSpec.Group.HELP, () -> {}));
                throw new IllegalStateException("no licence");
            }
        }
        """;

    @TempDir
    private Path folder;

    private final Texts texts = new Texts(Language.ENGLISH);

    private PluginLoader load() {
        FxBridge bridge = new FxBridge(Runnable::run);
        Notices notices = new Notices(new UserWords(texts));
        FileDialogs none = new FileDialogs() {
            @Override
            public List<Path> open(String title, List<Kind> kinds) {
                return List.of();
            }

            @Override
            public Optional<Path> folder(String title) {
                return Optional.empty();
            }

            @Override
            public Optional<Path> save(String title, String suggestedName, Kind kind) {
                return Optional.empty();
            }
        };
        PluginLoader loader = new PluginLoader(new StudioServices(
                texts,
                new TaskService(bridge, _ -> {}),
                new SettingsStore(folder.resolve("settings")),
                none,
                notices,
                bridge));
        loader.loadFolder(folder);
        return loader;
    }

    @Test
    void startsPluginsInOrderAndListsWhatTheyAdd() throws IOException {
        plugin("b.jar", "Good", GOOD, "{\"id\":\"good\",\"name\":\"Good one\",\"version\":\"1.2\",\"api\":1}");
        plugin("a.jar", "Good", GOOD, "{\"id\":\"also.good\",\"version\":\"0.1\",\"api\":1}");
        try (PluginLoader loader = load()) {
            assertEquals(
                    List.of("also.good", "Good one"),
                    loader.plugins().stream().map(p -> p.manifest().name()).toList());
            assertEquals(
                    List.of("command good.hello"), loader.plugins().getFirst().added());
            assertEquals("Say hello", texts.get("action.good.hello"));
            assertEquals(2, loader.actions().size());
            assertNotSame(
                    loader.actions().get(0).effect().run().getClass().getClassLoader(),
                    loader.actions().get(1).effect().run().getClass().getClassLoader());
        }
    }

    @Test
    void oneFailingPluginLeavesNothingBehindAndStopsNobody() throws IOException {
        plugin("a.jar", "Bad", BAD, "{\"id\":\"bad\",\"api\":1}");
        plugin("b.jar", "Good", GOOD, "{\"id\":\"good\",\"api\":1}");
        try (PluginLoader loader = load()) {
            LoadedPlugin bad = loader.plugins().getFirst();
            assertFalse(bad.hasStarted());
            assertEquals("no licence", bad.failure());
            assertTrue(loader.plugins().getLast().hasStarted());
            assertEquals(
                    List.of("good.hello"),
                    loader.actions().stream().map(a -> a.id()).toList());
        }
    }

    @Test
    void refusesOtherInterfacesDuplicatesAndJarsWithoutManifest() throws IOException {
        plugin("a.jar", "Good", GOOD, "{\"id\":\"good\",\"api\":7}");
        plugin("b.jar", "Good", GOOD, "{\"id\":\"twice\",\"api\":1}");
        plugin("c.jar", "Good", GOOD, "{\"id\":\"twice\",\"api\":1}");
        plugin("d.jar", "Good", GOOD, "{\"api\":1}");
        Files.writeString(folder.resolve("e.jar"), "not a jar");
        try (PluginLoader loader = load()) {
            assertEquals(
                    List.of(
                            "expected plugin interface 1, got 7",
                            "",
                            "expected a plugin id of its own, got 'twice' again",
                            "terrazzo-plugin.json: expected an \"id\"",
                            "expected terrazzo-plugin.json in the jar, got none"),
                    loader.plugins().stream().map(LoadedPlugin::failure).toList());
        }
    }

    @Test
    void aFolderThatIsNotThereHoldsNoPlugins() {
        try (PluginLoader loader = load()) {
            loader.loadFolder(folder.resolve("absent"));
            assertEquals(List.of(), loader.plugins());
        }
    }

    /// Compiles a class and packs it as a plugin.
    private void plugin(String jar, String name, String source, String manifest) throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        Path java = Files.writeString(work.resolve(name + ".java"), source);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        work.toString(),
                        java.toString());
        assertEquals(0, code);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("terrazzo-plugin.json", manifest.getBytes(StandardCharsets.UTF_8));
        entries.put("META-INF/services/terrazzo.app.spi.StudioPlugin", name.getBytes(StandardCharsets.UTF_8));
        entries.put("good_en.properties", "action.good.hello = Say hello".getBytes(StandardCharsets.UTF_8));
        entries.put(name + ".class", Files.readAllBytes(work.resolve(name + ".class")));
        try (OutputStream out = Files.newOutputStream(folder.resolve(jar));
                JarOutputStream zip = new JarOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new JarEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }
}
