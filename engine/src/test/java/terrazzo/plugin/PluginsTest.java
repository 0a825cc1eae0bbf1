package terrazzo.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.config.Config;
import terrazzo.core.error.ConfigException;
import terrazzo.data.transforms.Transforms;
import terrazzo.data.transforms.TransformsExtension;
import terrazzo.inference.Catalogues;

class PluginsTest {

    private static final String GOOD = """
        public class Good implements terrazzo.data.transforms.TransformsExtension {
            @Override public terrazzo.data.transforms.Transforms extend(terrazzo.data.transforms.Transforms all) {
                return all.with("Blink", (settings, catalogue) -> (results, draws) -> results);
            }
        }
        """;
    private static final String BAD = """
        public class Bad implements terrazzo.data.transforms.TransformsExtension {
            @Override public terrazzo.data.transforms.Transforms extend(terrazzo.data.transforms.Transforms all) {
                throw new IllegalStateException("no licence");
            }
        }
        """;

    @TempDir
    private Path folder;

    private final List<String> reports = new ArrayList<>();

    private Plugins load() {
        return Plugins.load(folder, reports::add);
    }

    @Test
    void extendsTheCatalogueAndListsWhatWasAdded() throws IOException {
        plugin("a.jar", "Good", GOOD, "{\"id\":\"good\",\"name\":\"Good one\",\"version\":\"1.2\",\"api\":1}");
        try (Plugins plugins = load()) {
            Catalogues all = Catalogues.of(plugins);
            assertTrue(all.transforms().names().contains("Blink"));
            Plugin plugin = plugins.all().getFirst();
            assertEquals(List.of("transform Blink"), plugin.added());
            assertEquals("Good one", plugin.manifest().name());
            assertEquals(List.of(), reports);
        }
    }

    @Test
    void eachPluginHasAClassLoaderOfItsOwn() throws IOException {
        plugin("a.jar", "Good", GOOD, "{\"id\":\"one\",\"api\":1}");
        plugin("b.jar", "Good", GOOD, "{\"id\":\"two\",\"api\":1}");
        try (Plugins plugins = load()) {
            List<Class<?>> types = new ArrayList<>();
            plugins.use(TransformsExtension.class, (_, service) -> types.add(service.getClass()));
            assertEquals(
                    List.of("Good", "Good"), types.stream().map(Class::getName).toList());
            assertNotEquals(types.get(0), types.get(1));
        }
    }

    @Test
    void aFailingPluginLeavesTheCatalogueAsItWasAndStopsNobody() throws IOException {
        plugin("a.jar", "Bad", BAD, "{\"id\":\"bad\",\"api\":1}");
        plugin("b.jar", "Good", GOOD, "{\"id\":\"good\",\"api\":1}");
        try (Plugins plugins = load()) {
            Transforms all = Catalogues.of(plugins).transforms();
            assertEquals(Transforms.builtIn().names().size() + 1, all.names().size());
            assertEquals("no licence", plugins.all().getFirst().failure());
            assertEquals(List.of(), plugins.all().getFirst().added());
            assertEquals("", plugins.all().getLast().failure());
            assertEquals(List.of("plugin a.jar failed: no licence"), reports);
        }
    }

    @Test
    void refusesOtherInterfacesDuplicatesAndJarsWithoutManifest() throws IOException {
        plugin("a.jar", "Good", GOOD, "{\"id\":\"good\",\"api\":7}");
        plugin("b.jar", "Good", GOOD, "{\"id\":\"twice\",\"api\":1}");
        plugin("c.jar", "Good", GOOD, "{\"id\":\"twice\",\"api\":1}");
        plugin("d.jar", "Good", GOOD, "{\"api\":1}");
        Files.writeString(folder.resolve("e.jar"), "not a jar");
        try (Plugins plugins = load()) {
            assertEquals(
                    List.of(
                            "expected plugin interface 1, got 7",
                            "",
                            "expected a plugin id of its own, got 'twice' again",
                            "terrazzo-plugin.json: expected an \"id\"",
                            "expected terrazzo-plugin.json in the jar, got none"),
                    plugins.all().stream().map(Plugin::failure).toList());
        }
    }

    @Test
    void aClassThatIsMissingIsAFailureOfThePluginAlone() throws IOException {
        plugin("a.jar", "Good", GOOD, "{\"id\":\"good\",\"api\":1}", "Gone");
        try (Plugins plugins = load()) {
            Catalogues.of(plugins);
            assertEquals(
                    "terrazzo.data.transforms.TransformsExtension: Provider Gone not found",
                    plugins.all().getFirst().failure());
        }
    }

    @Test
    void aFolderThatIsNotThereHoldsNoPlugins() {
        try (Plugins plugins = Plugins.load(folder.resolve("absent"), reports::add)) {
            assertEquals(List.of(), plugins.all());
        }
    }

    @Test
    void importsAreMetByIdsAndByModulesThatAPluginStandsInFor() throws IOException {
        plugin("a.jar", "Good", GOOD, "{\"id\":\"org.good\",\"api\":1,\"imports\":[\"mylib.blink\"]}");
        try (Plugins plugins = load()) {
            require(plugins, "custom_imports = dict(imports=['org.good', 'mylib.blink'])");
            require(plugins, "custom_imports = dict(imports='mmcls.models', allow_failed_imports=False)");
            require(plugins, "custom_imports = dict(imports=['nowhere'], allow_failed_imports=True)");
            require(plugins, "model = dict()");
        }
    }

    @Test
    void namesThePluginThatIsMissing() throws IOException {
        try (Plugins plugins = load()) {
            ConfigException e = assertThrows(
                    ConfigException.class, () -> require(plugins, "custom_imports = dict(imports=['mylib.depth'])"));
            assertEquals(
                    "c.py:1: custom_imports.imports: expected a plugin for 'mylib.depth', got no plugins"
                            + " — put its jar into the folder for plugins, ~/.terrazzo/plugins",
                    e.getMessage());
        }
        plugin("a.jar", "Bad", BAD, "{\"id\":\"org.bad\",\"api\":1}");
        try (Plugins plugins = load()) {
            Catalogues.of(plugins);
            ConfigException e = assertThrows(
                    ConfigException.class, () -> require(plugins, "custom_imports = dict(imports=['org.bad'])"));
            assertEquals(
                    "c.py:1: custom_imports.imports: expected a working plugin for 'org.bad', got one that failed:"
                            + " no licence — mend a.jar",
                    e.getMessage());
        }
    }

    private static void require(Plugins plugins, String config) throws IOException {
        plugins.require(Config.parse(config, "c.py").root());
    }

    private void plugin(String jar, String name, String source, String manifest) throws IOException {
        plugin(jar, name, source, manifest, name);
    }

    /// Compiles a class and packs it as a plugin whose service is `entry`.
    private void plugin(String jar, String name, String source, String manifest, String entry) throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        Path java = Files.writeString(work.resolve(name + ".java"), source);
        String path = System.getProperty("java.class.path");
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", path, "-d", work.toString(), java.toString()));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("terrazzo-plugin.json", manifest.getBytes(StandardCharsets.UTF_8));
        entries.put("META-INF/services/" + TransformsExtension.class.getName(), entry.getBytes(StandardCharsets.UTF_8));
        entries.put(name + ".class", Files.readAllBytes(work.resolve(name + ".class")));
        try (OutputStream out = Files.newOutputStream(folder.resolve(jar));
                JarOutputStream zip = new JarOutputStream(out)) {
            for (var each : entries.entrySet()) {
                zip.putNextEntry(new JarEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
    }
}
