package terrazzo.data.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Size;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.LabelRule;
import terrazzo.data.sample.Results;
import terrazzo.data.transforms.Transforms;
import terrazzo.golden.GoldenFiles;
import terrazzo.golden.Settings;

final class DatasetsTest {

    private static final Datasets CATALOGUE = Datasets.builtIn(Transforms.builtIn());

    @TempDir
    Path root;

    @Test
    void describesEveryDataSetOfTheReference() throws IOException {
        Path facts = GoldenFiles.shared("facts/dataset_meta.json");
        JsonNode meta = new ObjectMapper().readTree(facts.toFile());
        List<String> names = new ArrayList<>();
        meta.fieldNames().forEachRemaining(names::add);
        assertTrue(Datasets.described().containsAll(names));
        for (String name : names) {
            DatasetDefaults defaults = Datasets.defaults(name).orElseThrow();
            List<String> classes = new ArrayList<>();
            meta.get(name).get("classes").forEach(c -> classes.add(c.asText()));
            assertEquals(classes, defaults.classes());
            assertEquals(
                    meta.get(name).get("palette").toString(),
                    defaults.palette().toTriples().toString().replace(" ", ""));
        }
    }

    @Test
    void listsExactlyTheDescriptionsThatExist() {
        for (String name : Datasets.described()) {
            assertEquals(name, Datasets.defaults(name).orElseThrow().name());
            assertTrue(CATALOGUE.names().contains(name));
        }
        assertEquals(
                Datasets.described().stream()
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList(),
                Datasets.described());
    }

    @Test
    void findsPairsInTheOrderOfTheirPaths() throws IOException {
        for (String name : List.of("b/2", "a/10", "a/9", "c")) {
            pair(name, 0);
        }
        Files.writeString(root.resolve("img/.hidden.png"), "");
        Dataset dataset = CATALOGUE.build(settings("'SceneDataset'", ""));
        assertEquals(4, dataset.size());
        List<String> images = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            Results results = dataset.get(i, new Draws(0));
            images.add(root.resolve("img")
                    .relativize(Path.of(String.valueOf(results.meta().imgPath())))
                    .toString());
            assertTrue(String.valueOf(results.meta().segMapPath())
                    .startsWith(root.resolve("ann").toString()));
        }
        assertEquals(List.of("a/10.png", "a/9.png", "b/2.png", "c.png"), images);
    }

    @Test
    void takesTheNamesAndTheOrderOfAList() throws IOException {
        for (String name : List.of("1", "2", "3")) {
            pair(name, 0);
        }
        Files.writeString(root.resolve("split.txt"), "3\n1 \n\n");
        BaseSegDataset dataset =
                (BaseSegDataset) CATALOGUE.build(settings("'SceneDataset'", ", 'ann_file': 'split.txt'"));
        assertEquals(2, dataset.size());
        assertTrue(String.valueOf(dataset.meta(0).imgPath()).endsWith("3.png"));
        assertTrue(String.valueOf(dataset.meta(1).segMapPath()).endsWith("1.png"));
    }

    @Test
    void loadsImageAndLabels() throws IOException {
        pair("1", 3);
        Dataset dataset = CATALOGUE.build(settings(
                "'SceneDataset'", ", 'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]"));
        Results results = dataset.get(0, new Draws(0));
        assertEquals(new Size(2, 3), results.meta().oriShape());
        LabelMap labels = results.gtSegMap();
        assertTrue(labels != null && labels.at(2, 1) == 3);
    }

    @Test
    void renumbersChosenClasses() throws IOException {
        pair("car", 5); // index of car among the scenes' classes
        pair("road", 0);
        pair("sky", 4);
        Dataset dataset = CATALOGUE.build(settings(
                "'SceneDataset'",
                ", 'metainfo': {'classes': ['car', 'road']},"
                        + " 'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]"));
        assertEquals(List.of("car", "road"), dataset.metainfo().classes());
        assertEquals(
                new Palette(List.of(0x00008E, 0x804080)), dataset.metainfo().palette());
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LabelMap map = dataset.get(i, new Draws(0)).gtSegMap();
            labels.add(map == null ? -1 : map.at(0, 0));
        }
        assertEquals(List.of(0, 1, 255), labels);
    }

    @Test
    void movesLabelsDownWhereZeroMeansNothing() throws IOException {
        pair("0", 0);
        pair("1", 1);
        pair("255", 255);
        Dataset dataset = CATALOGUE.build(settings(
                "'SceneDataset'",
                ", 'reduce_zero_label': true,"
                        + " 'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]"));
        assertEquals(new LabelRule(Map.of(), true), dataset.metainfo().labelRule());
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LabelMap map = dataset.get(i, new Draws(0)).gtSegMap();
            labels.add(map == null ? -1 : map.at(0, 0));
        }
        assertEquals(List.of(255, 0, 255), labels);
    }

    @Test
    void refusesAPipelineThatContradictsTheDataSet() throws IOException {
        pair("1", 1);
        Dataset dataset = CATALOGUE.build(settings(
                "'SceneDataset'",
                ", 'pipeline': [{'type': 'LoadImageFromFile'},"
                        + " {'type': 'LoadAnnotations', 'reduce_zero_label': true}]"));
        assertEquals(
                "LoadAnnotations.reduce_zero_label: expected False as the data set says, got True"
                        + " — set reduce_zero_label of the data set and remove it here",
                assertThrows(DatasetException.class, () -> dataset.get(0, new Draws(0)))
                        .getMessage());
    }

    @Test
    void givesRandomColoursOfTheReferenceWithoutPalette() throws IOException {
        pair("1", 0);
        Dataset dataset = CATALOGUE.build(
                settings("'BaseSegDataset'", ", 'img_suffix': '.png', 'metainfo': {'classes': ['a', 'b']}"));
        assertEquals(
                List.of(List.of(102, 179, 92), List.of(14, 106, 71)),
                dataset.metainfo().palette().toTriples());
    }

    @Test
    void takesTheFirstOrTheLastSamples() throws IOException {
        for (String name : List.of("1", "2", "3")) {
            pair(name, 0);
        }
        assertEquals("1.png", firstName(", 'indices': 2"));
        assertEquals("2.png", firstName(", 'indices': -2"));
        assertEquals("3.png", firstName(", 'indices': [2, 0]"));
    }

    @Test
    void joinsAndRepeatsDataSets() throws IOException {
        pair("1", 0);
        pair("2", 0);
        ConfigNode inner = settings("'SceneDataset'", "");
        ConfigNode joined = Settings.of("{'type': 'ConcatDataset'}")
                .with("datasets", new Value.ListValue(List.of(inner.dict(), inner.dict())));
        ConfigNode repeated =
                Settings.of("{'type': 'RepeatDataset', 'times': 3}").with("dataset", joined.dict());
        Dataset dataset = CATALOGUE.build(repeated);
        assertEquals(12, dataset.size()); // 2 files, twice, three times
        assertEquals(
                dataset.get(1, new Draws(0)).meta(),
                dataset.get(11, new Draws(0)).meta());
    }

    @Test
    void mixesSamplesOfTheDataSetInside() throws IOException {
        for (int label = 0; label < 4; label++) {
            pair("" + label, label);
        }
        ConfigNode inner = settings(
                "'SceneDataset'", ", 'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]");
        String steps = "'pipeline': [{'type': 'RandomMosaic', 'prob': 1.0, 'img_scale': [2, 3]},"
                + " {'type': 'Resize', 'scale': [60, 40]}]";
        ConfigNode mixed = Settings.of("{'type': 'MultiImageMixDataset', " + steps + "}");
        ConfigNode unmixed =
                Settings.of("{'type': 'MultiImageMixDataset', 'skip_type_keys': ['RandomMosaic'], " + steps + "}");
        Draws draws = new Draws(1);
        List<Integer> others = List.of(draws.integer(0, 4), draws.integer(0, 4), draws.integer(0, 4));

        Dataset dataset = CATALOGUE.build(mixed.with("dataset", inner.dict()));
        LabelMap mosaic = dataset.get(2, new Draws(1)).gtSegMap();

        assertEquals(4, dataset.size());
        TreeSet<Integer> seen = new TreeSet<>();
        for (byte b : mosaic == null ? new byte[0] : mosaic.asBytes()) {
            seen.add(b & 0xFF);
        }
        seen.remove(255); // where no sample is
        TreeSet<Integer> expected = new TreeSet<>(others);
        expected.add(2);
        assertEquals(expected, seen);
        LabelMap alone = CATALOGUE
                .build(unmixed.with("dataset", inner.dict()))
                .get(2, new Draws(1))
                .gtSegMap();
        assertEquals(2, alone == null ? -1 : alone.at(0, 0));
    }

    @Test
    void renumbersBeforeItMovesLabelsDown() throws IOException {
        pair("car", 5);
        pair("road", 0);
        pair("sky", 4);
        Dataset dataset = CATALOGUE.build(settings(
                "'SceneDataset'",
                ", 'metainfo': {'classes': ['car', 'road']}, 'reduce_zero_label': true,"
                        + " 'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]"));
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LabelMap map = dataset.get(i, new Draws(0)).gtSegMap();
            labels.add(map == null ? -1 : map.at(0, 0));
        }
        assertEquals(List.of(255, 0, 255), labels); // car 0, road 1, sky left out; then 0 means nothing
    }

    @Test
    void takesColoursFromTheSettings() throws IOException {
        pair("1", 0);
        String chosen = ", 'metainfo': {'classes': ['car', 'road'], 'palette': [[1, 2, 3], [4, 5, 6]]}";
        assertEquals(
                List.of(List.of(1, 2, 3), List.of(4, 5, 6)),
                CATALOGUE
                        .build(settings("'SceneDataset'", chosen))
                        .metainfo()
                        .palette()
                        .toTriples());
        String tooFew = ", 'metainfo': {'classes': ['car', 'road'], 'palette': [[1, 2, 3]]}";
        assertEquals(
                "a.py: metainfo.palette: expected 2 colours, one per class, got 1 colours — leave the palette out to"
                        + " get one",
                assertThrows(ConfigException.class, () -> CATALOGUE.build(settings("'SceneDataset'", tooFew)))
                        .getMessage());
    }

    @Test
    void refusesToJoinDataSetsOfDifferentClasses() throws IOException {
        pair("1", 0);
        ConfigNode one = settings("'SceneDataset'", "");
        ConfigNode other = settings("'SceneDataset'", ", 'metainfo': {'classes': ['car']}");
        ConfigNode joined = Settings.of("{'type': 'ConcatDataset'}")
                .with("datasets", new Value.ListValue(List.of(one.dict(), other.dict())));
        assertEquals(
                "a.py: datasets: expected data sets with the same classes, palette and label rules, got datasets[1]"
                        + " that differs from datasets[0] — give both the same metainfo",
                assertThrows(ConfigException.class, () -> CATALOGUE.build(joined))
                        .getMessage());
    }

    @Test
    void saysWhichLabelMapIsMissing() throws IOException {
        pair("1", 0);
        Files.delete(root.resolve("ann/1.png"));
        Dataset dataset = CATALOGUE.build(settings(
                "'SceneDataset'", ", 'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]"));
        assertEquals(
                root.resolve("ann/1.png") + ": expected the label map of " + root.resolve("img/1.png")
                        + ", got no such file — check seg_map_suffix and data_prefix.seg_map_path of the data set",
                assertThrows(DatasetException.class, () -> dataset.get(0, new Draws(0)))
                        .getMessage());
    }

    @Test
    void bundlesScenesWithLabels() throws IOException {
        BundledScenes.copyTo(root);
        for (String split : List.of("train", "val")) {
            Dataset scenes = CATALOGUE.build(Settings.of("{'type': 'SceneDataset', 'data_root': '" + root
                    + "', 'data_prefix': {'img_path': 'img_dir/" + split + "', 'seg_map_path': 'ann_dir/" + split
                    + "'}, 'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]}"));
            assertEquals(split.equals("train") ? 24 : 8, scenes.size());
            for (int i = 0; i < scenes.size(); i++) {
                LabelMap labels = scenes.get(i, new Draws(0)).gtSegMap();
                assertTrue(labels != null && labels.size().equals(new Size(96, 128)));
                for (byte b : labels.asBytes()) {
                    assertTrue((b & 0xFF) < 8 || (b & 0xFF) == 255);
                }
            }
        }
    }

    @Test
    void saysWhichFolderIsMissing() {
        assertEquals(
                root.resolve("img") + ": expected a folder of images, got nothing"
                        + " — set data_root and data_prefix.img_path (or --data-root)",
                assertThrows(DatasetException.class, () -> CATALOGUE.build(settings("'SceneDataset'", "")))
                        .getMessage());
    }

    @Test
    void saysWhichFilesAreThereInstead() throws IOException {
        pair("1", 0);
        assertEquals(
                root.resolve("img") + ": expected images that end in '.jpg', got none; there are 1 of '.png'"
                        + " — set img_suffix or data_prefix.img_path",
                assertThrows(DatasetException.class, () -> CATALOGUE.build(settings("'CamVidDataset'", "")))
                        .getMessage());
    }

    @Test
    void saysWhichListIsMissing() throws IOException {
        pair("1", 0);
        assertEquals(
                root.resolve("val.txt") + ": expected a text file with one image name per line, got no such file"
                        + " — set ann_file, or remove it to take every image of the folder",
                assertThrows(
                                DatasetException.class,
                                () -> CATALOGUE.build(settings("'SceneDataset'", ", 'ann_file': 'val.txt'")))
                        .getMessage());
    }

    @Test
    void rejectsClassesThatTheDataSetDoesNotHave() {
        assertEquals(
                "a.py: metainfo.classes: expected classes of SceneDataset, got 'raod' — did you mean 'road'?",
                assertThrows(
                                ConfigException.class,
                                () -> CATALOGUE.build(
                                        settings("'SceneDataset'", ", 'metainfo': {'classes': ['raod']}")))
                        .getMessage());
    }

    @Test
    void rejectsUnknownTypesAndKeys() {
        assertEquals(
                "a.py: type: expected a data set, got 'CityscapeDataset'"
                        + " — did you mean 'CityscapesDataset' or 'ConcatDataset'?",
                assertThrows(ConfigException.class, () -> CATALOGUE.build(settings("'CityscapeDataset'", "")))
                        .getMessage());
        assertEquals(
                "a.py: img_sufix: unknown key — did you mean 'img_suffix'?",
                assertThrows(
                                ConfigException.class,
                                () -> CATALOGUE.build(settings("'SceneDataset'", ", 'img_sufix': '.png'")))
                        .getMessage());
    }

    @Test
    void findsTensOfThousandsOfFilesQuickly() throws IOException {
        Path folder = Files.createDirectories(root.resolve("img"));
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(folder.resolve(i + ".png"));
        }
        long start = System.nanoTime();
        assertEquals(20_000, CATALOGUE.build(settings("'SceneDataset'", "")).size());
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 5_000, millis + " ms");
    }

    @Test
    void readsCamVid() {
        Path camvid = GoldenFiles.shared("data/camvid");
        Dataset dataset = CATALOGUE.build(Settings.of("{'type': 'CamVidDataset', 'data_root': '" + camvid + "',"
                + "'data_prefix': {'img_path': 'img_dir/test', 'seg_map_path': 'ann_dir/test'}, 'test_mode': true,"
                + "'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]}"));
        assertEquals(233, dataset.size());
        TreeSet<Integer> seen = new TreeSet<>();
        for (int i = 0; i < 233; i += 40) {
            LabelMap labels = dataset.get(i, new Draws(0)).gtSegMap();
            assertTrue(labels != null);
            for (byte b : labels.asBytes()) {
                seen.add(b & 0xFF);
            }
        }
        assertTrue(seen.headSet(11).size() >= 10 && seen.tailSet(11).equals(new TreeSet<>(List.of(255))), "" + seen);
    }

    @Test
    void readsTheLayoutsOfTheSamples() {
        assertEquals(1, sample("CityscapesDataset", "pseudo_cityscapes_dataset", "leftImg8bit/val gtFine/val", ""));
        assertEquals(3, sample("LoveDADataset", "pseudo_loveda_dataset", "img_dir ann_dir", ""));
        assertEquals(1, sample("PotsdamDataset", "pseudo_potsdam_dataset", "img_dir ann_dir", ""));
        assertEquals(1, sample("ISPRSDataset", "pseudo_vaihingen_dataset", "img_dir ann_dir", ""));
        String own =
                "'img_suffix': '%s', 'seg_map_suffix': '%s', 'metainfo': {'classes': ['a','b','c','d','e','f','g']},";
        assertEquals(5, sample("BaseSegDataset", "pseudo_dataset", "imgs gts", own.formatted("_img.jpg", "_gt.png")));
        assertEquals(
                4,
                sample(
                        "BaseSegDataset",
                        "pseudo_dataset",
                        "imgs gts",
                        "'ann_file': 'splits/train.txt'," + own.formatted("_img.jpg", "_gt.png")));
    }

    @Test
    void findsTheFilesOfISAIDWhoseSampleHasNoPixels() {
        Path path = GoldenFiles.shared("data/mmseg-samples/pseudo_isaid_dataset");
        for (String list : List.of("", "'ann_file': 'splits/train.txt',", "'ann_file': 'splits/val.txt',")) {
            BaseSegDataset dataset =
                    (BaseSegDataset) CATALOGUE.build(Settings.of("{'type': 'iSAIDDataset', 'data_root': '" + path + "',"
                            + list + "'data_prefix': {'img_path': 'img_dir', 'seg_map_path': 'ann_dir'}}"));
            assertEquals(list.isEmpty() ? 2 : 1, dataset.size());
            for (int i = 0; i < dataset.size(); i++) {
                assertTrue(Files.exists(Path.of(String.valueOf(dataset.meta(i).imgPath()))));
                assertTrue(Files.exists(Path.of(String.valueOf(dataset.meta(i).segMapPath()))));
            }
        }
    }

    /// @param folders of images and of label maps
    /// @param more settings
    private static int sample(String type, String root, String folders, String more) {
        Path path = GoldenFiles.shared("data/mmseg-samples/" + root);
        String[] prefix = folders.split(" ", -1);
        Dataset dataset = CATALOGUE.build(Settings.of("{'type': '" + type + "', 'data_root': '" + path + "'," + more
                + "'data_prefix': {'img_path': '" + prefix[0] + "', 'seg_map_path': '" + prefix[1] + "'},"
                + "'pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'LoadAnnotations'}]}"));
        for (int i = 0; i < dataset.size(); i++) {
            LabelMap map = dataset.get(i, new Draws(0)).gtSegMap();
            assertTrue(map != null);
            for (byte b : map.asBytes()) {
                int label = b & 0xFF;
                assertTrue(label < dataset.metainfo().classes().size() || label == 255, type + ": " + label);
            }
        }
        return dataset.size();
    }

    private String firstName(String more) {
        BaseSegDataset dataset = (BaseSegDataset) CATALOGUE.build(settings("'SceneDataset'", more));
        return String.valueOf(Path.of(String.valueOf(dataset.meta(0).imgPath())).getFileName());
    }

    private ConfigNode settings(String type, String more) {
        return Settings.of("{'type': " + type + ", 'data_root': '" + root
                + "', 'data_prefix': {'img_path': 'img', 'seg_map_path': 'ann'}" + more + "}");
    }

    /// An image of 2x3 black pixels, and its label map full of one label.
    private void pair(String name, int label) throws IOException {
        ImageFile.save(root.resolve("img").resolve(name + ".png"), new Raster(new Size(2, 3), new byte[18]));
        byte[] labels = new byte[6];
        Arrays.fill(labels, (byte) label);
        LabelMapFile.save(
                root.resolve("ann").resolve(name + ".png"),
                new LabelMap(new Size(2, 3), labels),
                new Palette(List.of()));
    }
}
