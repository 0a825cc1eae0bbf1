package terrazzo.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.l10n.UserWords;
import terrazzo.app.notice.Notices;
import terrazzo.app.plugin.PluginLoader;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService;

/// Loads the plugin as a user does: from a jar in a folder.
class ExamplePluginTest {

    @TempDir
    private Path folder;

    /// Dialogs that nobody answers.
    private static final class NoDialogs implements FileDialogs {

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
    }

    @Test
    void startsFromItsJarWithAllItAdds() throws IOException {
        pack(folder.resolve("plugin-example.jar"));
        Texts texts = new Texts(Language.ENGLISH);
        FxBridge bridge = new FxBridge(Runnable::run);
        Notices notices = new Notices(new UserWords(texts));
        try (TaskService tasks = new TaskService(bridge, notices::showFailure);
                PluginLoader loader = new PluginLoader(new StudioServices(
                        texts, tasks, new SettingsStore(folder), new NoDialogs(), notices, bridge))) {
            loader.loadFolder(folder);
            assertEquals("", loader.plugins().getFirst().failure());
            assertEquals(
                    List.of("workspace example.palette", "command example.greet"),
                    loader.plugins().getFirst().added());
            assertEquals("Palette", texts.get("workspace.example.palette"));
            loader.actions().getFirst().perform();
            assertEquals("Hello from a plugin", notices.shown().getFirst().title());
            assertNotEquals(
                    PaletteWorkspace.class.getClassLoader(),
                    loader.workspaces().getFirst().getClass().getClassLoader());
        }
    }

    /// The jar as `mvn package` makes it.
    private static void pack(Path jar) throws IOException {
        Path classes = Path.of("target", "classes");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }
}
