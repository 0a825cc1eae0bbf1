package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.core.error.ConfigException;

class ConfigIndexTest {

    private static final String PSPNET = "pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-512x1024";

    @ParameterizedTest
    @CsvSource(textBlock = """
        pspnet_r50-d8_4xb2-40k_cityscapes-512x1024
        pspnet_r50-d8_4xb2-40k_cityscapes-512x1024.py
        pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-512x1024
        configs/pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-512x1024.py
        configs\\pspnet\\pspnet_r50-d8_4xb2-40k_cityscapes-512x1024.py
        pspnet_r50-d8_512x1024_40k_cityscapes
        configs/pspnet/pspnet_r50-d8_512x1024_40k_cityscapes.py
        """)
    void findsAConfigByEveryNameItHas(String name) throws IOException {
        try (ConfigIndex index = ConfigIndex.open()) {
            assertEquals(PSPNET, index.find(name).orElseThrow());
            assertTrue(Files.exists(index.file(name)));
        }
    }

    /// Names of 0.x that no rule turns into those of 1.x.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ocrnet_r101-d8_512x1024_40k_b16_cityscapes | ocrnet/ocrnet_r101-d8_8xb2-40k_cityscapes-512x1024
        pspnet_r50-d8_512x1024_80k_night_driving \
            | pspnet/pspnet_r50-d8_4xb2-80k_cityscapes-512x1024_night-driving-1920x1080
        upernet_swin_base_patch4_window12_512x512_160k_ade20k_pretrain_384x384_22K \
            | swin/swin-base-patch4-window12-in22k-384x384-pre_upernet_8xb2-160k_ade20k-512x512
        fcn_m-v2-d8_512x512_160k_ade20k | mobilenet_v2/mobilenet-v2-d8_fcn_4xb4-160k_ade20k-512x512
        fast_scnn_lr0.12_8x4_160k_cityscapes | fastscnn/fast_scnn_8xb4-160k_cityscapes-512x1024
        setr_mla_512x512_160k_b8_ade20k | setr/setr_vit-l-mla_8xb1-160k_ade20k-512x512
        """)
    void knowsTheIrregularNames(String old, String expected) throws IOException {
        try (ConfigIndex index = ConfigIndex.open()) {
            assertEquals(expected, index.find(old).orElseThrow());
        }
    }

    @Test
    void listsEveryFileOnceAndNoOther() throws IOException {
        Path folder = Path.of("../configs");
        try (ConfigIndex index = ConfigIndex.of(folder);
                Stream<Path> files = Files.walk(folder, 2)) {
            List<String> onDisk = files.map(
                            file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".py") && !name.startsWith("_base_/") && !name.startsWith("target/"))
                    .map(name -> name.substring(0, name.length() - 3))
                    .sorted()
                    .toList();
            assertEquals(onDisk, index.names());
        }
    }

    @Test
    void knowsTheConfigOfEveryPublishedCheckpoint() throws IOException {
        JsonNode catalogue = json("terrazzo/catalogue/model-zoo.json");
        try (ConfigIndex index = ConfigIndex.open()) {
            List<String> configs = StreamSupport.stream(catalogue.get("models").spliterator(), false)
                    .map(row -> row.get("config").asText())
                    .toList();
            assertEquals(590, configs.size());
            assertEquals(590, new TreeSet<>(configs).size());
            assertTrue(index.names().containsAll(configs));
        }
    }

    @Test
    void knowsThePaperOfEveryFamily() throws IOException {
        try (ConfigIndex index = ConfigIndex.open()) {
            TreeSet<String> families = new TreeSet<>();
            index.names().forEach(name -> families.add(name.substring(0, name.indexOf('/'))));
            TreeSet<String> papers = new TreeSet<>();
            json("terrazzo/catalogue/papers.json").fieldNames().forEachRemaining(papers::add);
            assertEquals(families, papers);
        }
    }

    @Test
    void suggestsNamesThatAreNear() throws IOException {
        try (ConfigIndex index = ConfigIndex.open()) {
            ConfigException e =
                    assertThrows(ConfigException.class, () -> index.file("pspnet_r50-d8_512x1024_40k_cityscape"));
            assertEquals(
                    "pspnet_r50-d8_512x1024_40k_cityscape: expected a config file, or the name of one of the 641"
                        + " configs of Terrazzo, got neither — did you mean 'pspnet_r50-d8_512x1024_40k_cityscapes' or"
                        + " 'psanet_r50-d8_512x1024_40k_cityscapes'?",
                    e.getMessage());
        }
    }

    @Test
    void readsConfigsOutOfAJar(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("configs.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Path inside = Files.createDirectories(zip.getPath("terrazzo/configs/pspnet"));
            Files.writeString(inside.resolveSibling("index.tsv"), "config\told\npspnet/a\tb c\n");
            Files.writeString(inside.resolve("a.py"), "x = 1\n");
        }
        URI index = URI.create("jar:" + jar.toUri() + "!/terrazzo/configs/index.tsv");
        try (ConfigIndex packed = ConfigIndex.at(index.toURL())) {
            assertEquals(List.of("pspnet/a"), packed.names());
            assertEquals("x = 1\n", Files.readString(packed.file("c")));
        }
    }

    private static JsonNode json(String resource) throws IOException {
        ClassLoader loader = ConfigIndexTest.class.getClassLoader();
        try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(resource), resource)) {
            return new ObjectMapper().readTree(in);
        }
    }
}
