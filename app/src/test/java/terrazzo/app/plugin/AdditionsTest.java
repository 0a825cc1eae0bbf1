package terrazzo.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import terrazzo.app.action.ActionSpec;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.l10n.UserWords;
import terrazzo.app.notice.Notices;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService;
import terrazzo.plugin.Plugins;

class AdditionsTest {

    private static final String GOOD = """
        public class Good implements terrazzo.app.spi.StudioPlugin, terrazzo.app.canvas.Tool {
            @Override public void start(terrazzo.app.spi.PluginContext context) {
                context.addTexts("good");
                context.addAction(terrazzo.app.action.ActionSpec.of(
                    "good.hello", terrazzo.app.action.ActionSpec.Group.HELP, () -> {}));
                context.addTool("good.look", org.kordamp.ikonli.feather.Feather.EYE, this);
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

    private StudioServices services() {
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
        return new StudioServices(
                texts,
                new TaskService(bridge, _ -> {}),
                new SettingsStore(folder.resolve("settings")),
                none,
                notices,
                bridge,
                folder);
    }

    @Test
    void startsPluginsInOrderAndListsWhatTheyAdd() throws IOException {
        plugin("b.jar", "Good", GOOD, "{\"id\":\"good\",\"api\":1}");
        plugin("a.jar", "Good", GOOD, "{\"id\":\"also.good\",\"api\":1}");
        try (Plugins plugins = Plugins.load(folder, _ -> {})) {
            Additions additions = new Additions(plugins, services());
            assertEquals(
                    List.of("also.good", "good"),
                    plugins.all().stream().map(p -> p.manifest().id()).toList());
            assertEquals(
                    List.of("action good.hello", "tool good.look"),
                    plugins.all().getFirst().added());
            assertEquals("Say hello", texts.get("action.good.hello"));
            assertEquals(2, additions.actions().size());
            assertEquals(2, additions.tools().size());
        }
    }

    @Test
    void aPluginThatFailsHalfWayAddsNothing() throws IOException {
        plugin("a.jar", "Bad", BAD, "{\"id\":\"bad\",\"api\":1}");
        plugin("b.jar", "Good", GOOD, "{\"id\":\"good\",\"api\":1}");
        try (Plugins plugins = Plugins.load(folder, _ -> {})) {
            Additions additions = new Additions(plugins, services());
            assertEquals("no licence", plugins.all().getFirst().failure());
            assertFalse(plugins.all().getLast().hasFailed());
            assertEquals(
                    List.of("good.hello"),
                    additions.actions().stream().map(ActionSpec::id).toList());
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
