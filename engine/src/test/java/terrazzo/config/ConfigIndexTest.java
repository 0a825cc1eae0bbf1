package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigIndexTest {

    private static final ClassLoader LOADER = ConfigIndexTest.class.getClassLoader();

    @ParameterizedTest
    @CsvSource(textBlock = """
        pspnet_r50-d8_4xb2-40k_cityscapes-512x1024
        pspnet_r50-d8_4xb2-40k_cityscapes-512x1024.py
        pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-512x1024
        configs/pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-512x1024.py
        .\\configs\\pspnet\\pspnet_r50-d8_4xb2-40k_cityscapes-512x1024.py
        pspnet_r50-d8_512x1024_40k_cityscapes
        configs/pspnet/pspnet_r50-d8_512x1024_40k_cityscapes.py
        """)
    void findsAConfigByEveryNameItHas(String name) throws IOException {
        assertEquals(
                Optional.of("pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-512x1024"),
                ConfigIndex.load(LOADER).find(name));
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
        assertEquals(Optional.of(expected), ConfigIndex.load(LOADER).find(old));
    }

    @Test
    void takesNoOtherFolderForAFamily() throws IOException {
        ConfigIndex index = ConfigIndex.load(LOADER);
        assertEquals(Optional.empty(), index.find("mine/pspnet_r50-d8_512x1024_40k_cityscapes.py"));
        assertEquals(Optional.empty(), index.find(""));
    }

    @Test
    void suggestsOldAndNewNames() throws IOException {
        assertEquals(
                "did you mean 'pspnet_r50-d8_512x1024_40k_cityscapes' or 'psanet_r50-d8_512x1024_40k_cityscapes'?",
                ConfigIndex.load(LOADER).suggestion("configs/pspnet_r50-d8_512x1024_40k_cityscape.py"));
    }

    @Test
    void readsTheIndexOfEachJar(@TempDir Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String family : List.of("a", "b")) {
            Path configs = Files.createDirectories(folder.resolve(family + "/terrazzo/configs"));
            Files.writeString(
                    configs.resolve("index.tsv"), "config\told\n" + family + "/x\tx_old " + family + "_old\n");
            jars.add(folder.resolve(family).toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), null)) {
            ConfigIndex index = ConfigIndex.load(loader);
            assertEquals(List.of("a/x", "b/x"), List.copyOf(new TreeSet<>(index.names())));
            assertEquals(Optional.of("a/x"), index.find("x_old"));
            assertEquals(Optional.of("b/x"), index.find("b_old"));
        }
    }

    @Test
    void listsEveryFileOnceAndNoOther() throws IOException {
        Path folder = Path.of("../configs");
        List<String> files;
        try (Stream<Path> tree = Files.walk(folder, 2)) {
            files = tree.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".py") && !name.startsWith("_base_/") && !name.startsWith("target/"))
                    .map(name -> name.substring(0, name.length() - 3))
                    .sorted()
                    .toList();
        }
        List<String> listed = Files.readAllLines(folder.resolve("index.tsv")).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
        assertFalse(files.isEmpty());
        assertEquals(files, listed);
    }

    @Test
    void knowsTheConfigOfEachPublishedCheckpoint() throws IOException {
        List<String> configs = StreamSupport.stream(
                        json("model-zoo.json").get("models").spliterator(), false)
                .map(row -> row.get("config").asText())
                .toList();
        assertEquals(590, configs.size());
        assertEquals(590, new TreeSet<>(configs).size());
        assertTrue(ConfigIndex.load(LOADER).names().containsAll(configs));
    }

    @Test
    void knowsThePaperOfEachFamily() throws IOException {
        TreeSet<String> families = new TreeSet<>();
        ConfigIndex.load(LOADER).names().forEach(name -> families.add(name.substring(0, name.indexOf('/'))));
        TreeSet<String> papers = new TreeSet<>();
        json("papers.json").fieldNames().forEachRemaining(papers::add);
        assertEquals(families, papers);
    }

    private static JsonNode json(String name) throws IOException {
        String resource = "terrazzo/catalogue/" + name;
        try (InputStream in = Objects.requireNonNull(LOADER.getResourceAsStream(resource), resource)) {
            return new ObjectMapper().readTree(in);
        }
    }
}
