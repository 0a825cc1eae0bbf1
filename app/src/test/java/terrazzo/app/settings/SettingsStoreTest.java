package terrazzo.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsStoreTest {

    private static final Appearance DEFAULT = new Appearance("light", "en");

    @TempDir
    private Path folder;

    @Test
    void keepsARecord() {
        SettingsStore store = new SettingsStore(folder.resolve("new"));
        store.save("appearance", new Appearance("dark", "zh"));
        assertEquals(
                new Appearance("dark", "zh"), new SettingsStore(folder.resolve("new")).load("appearance", DEFAULT));
    }

    @Test
    void keepsPathsWithAnyCharacters() {
        SettingsStore store = new SettingsStore(folder);
        RecentFiles recent = new RecentFiles(List.of()).with(Path.of("/data/图 \"1\".png"));
        store.save("recent", recent);
        assertEquals(recent, store.load("recent", new RecentFiles(List.of())));
    }

    @Test
    void writesAVersion() throws IOException {
        new SettingsStore(folder).save("window", WindowPlace.UNKNOWN);
        assertEquals(
                "{\n  \"version\" : 1,",
                Files.readString(folder.resolve("window.json")).substring(0, 18));
    }

    @Test
    void damagedLaterAndWrongFilesYieldTheDefaults() throws IOException {
        SettingsStore store = new SettingsStore(folder);
        for (String text : List.of(
                "{\"version\":1,\"theme\":",
                "{\"version\":2,\"theme\":\"dark\",\"language\":\"en\"}",
                "{\"version\":1,\"theme\":\"purple\",\"language\":\"en\"}",
                "[]")) {
            Files.writeString(folder.resolve("appearance.json"), text);
            assertEquals(DEFAULT, store.load("appearance", DEFAULT), text);
        }
    }

    @Test
    void recentFilesComeOnceAndTheNewestFirst() {
        RecentFiles recent = new RecentFiles(List.of());
        for (int i = 0; i < 20; i++) {
            recent = recent.with(Path.of("/a" + i));
        }
        recent = recent.with(Path.of("/a15"));
        assertEquals("/a15", recent.paths().getFirst());
        assertEquals("/a19", recent.paths().get(1));
        assertEquals(12, recent.paths().size());
    }
}
