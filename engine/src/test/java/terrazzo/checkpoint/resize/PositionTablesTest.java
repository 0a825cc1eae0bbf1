package terrazzo.checkpoint.resize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.checkpoint.Fit;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;
import terrazzo.checkpoint.StateDictReport;
import terrazzo.core.Size;
import terrazzo.golden.DeterministicTensor;
import terrazzo.golden.GoldenFiles;
import terrazzo.golden.Settings;
import terrazzo.graph.nn.Module;
import terrazzo.models.Parts;
import terrazzo.models.catalogue.StandardParts;

final class PositionTablesTest {

    private static final Parts PARTS = StandardParts.parts();

    @ParameterizedTest
    @CsvSource({
        "vit_bicubic_grow,    BICUBIC,  5, 9",
        "vit_bicubic_shrink,  BICUBIC,  4, 3",
        "vit_bilinear_grow,   BILINEAR, 5, 9",
        "vit_bilinear_shrink, BILINEAR, 4, 3",
        "vit_nearest_grow,    NEAREST,  5, 9",
        "vit_nearest_shrink,  NEAREST,  4, 3",
        "vit_distilled,       BICUBIC,  5, 5"
    })
    void resizesPositionEmbeddings(String name, Kernel kernel, int rows, int columns) throws IOException {
        check(name, new PositionGrid(new Size(rows, columns), kernel));
    }

    @ParameterizedTest
    @CsvSource({
        "swin_grow,   0, BICUBIC,   7",
        "swin_shrink, 0, BICUBIC,   4",
        "beit_grow,   3, GEOMETRIC, 7",
        "beit_shrink, 3, GEOMETRIC, 4",
        "beit_far,    3, GEOMETRIC, 20"
    })
    void resizesTablesOfOffsets(String name, int extra, Kernel kernel, int window) throws IOException {
        check(name, new OffsetTable(new Size(window, window), extra, kernel));
    }

    @Test
    void leavesWhatIsNoSquare() {
        PositionGrid grid = new PositionGrid(new Size(4, 4), Kernel.BICUBIC);
        OffsetTable table = new OffsetTable(new Size(4, 4), 0, Kernel.BICUBIC);

        assertEquals(Optional.empty(), grid.resized(zeros(1, 1 + 4 * 8, 2), List.of(1L, 17L, 2L)));
        assertEquals(Optional.empty(), grid.resized(zeros(1, 26, 3), List.of(1L, 17L, 2L)));
        assertEquals(Optional.empty(), table.resized(zeros(7 * 15, 2), List.of(49L, 2L)));
        assertEquals(Optional.empty(), table.resized(zeros(81, 3), List.of(49L, 2L)));
    }

    @Test
    void fitsCheckpointsOfOtherSizesToModels() {
        String beit = "{'type': 'BEiT', 'img_size': %d, 'embed_dims': 8, 'num_layers': 1, 'num_heads': 2}";
        StateDict small = state(backbone(beit.formatted(64)));

        StateDictReport report =
                StateDictReport.of("small.pth", backbone(beit.formatted(96)).expectedKeys(), small);

        assertTrue(report.isExact());
        assertEquals(
                List.of("small.pth: 1 of 20 keys resized: 'layers.0.attn.relative_position_bias_table' from [52, 2] to"
                        + " [124, 2]"),
                report.lines());
        HostTensor index = report.requireExact().get("layers.0.attn.relative_position_index");
        assertEquals(List.of(37L, 37L), index == null ? List.of() : index.shape());
    }

    @Test
    void computesIndicesThatAFileLacks() {
        String swin = "{'type': 'SwinTransformer', 'embed_dims': 8, 'depths': [1], 'num_heads': [1], 'strides': [4],"
                + " 'out_indices': [0], 'window_size': %d}";
        StateDict bare = state(backbone(swin.formatted(7))).renamed(key -> key.endsWith("_index") ? "" : key);

        StateDictReport report =
                StateDictReport.of("bare.pth", backbone(swin.formatted(2)).expectedKeys(), bare);

        HostTensor index = report.requireExact().get("stages.0.blocks.0.attn.w_msa.relative_position_index");
        // rows and columns apart, each from -1 to 1, as a number of base 3
        assertArrayEquals(
                new long[] {4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4},
                index == null ? new long[0] : index.toLongs());
    }

    @Test
    void resizesPositionsOfVisionTransformersAndMAE() {
        String vit = "{'type': '%s', 'img_size': %s, 'embed_dims': 8, 'num_layers': 1, 'num_heads': 2}";
        assertEquals(
                List.of("a.pth: 1 of 16 keys resized: 'pos_embed' from [1, 17, 8] to [1, 33, 8]"),
                StateDictReport.of(
                                "a.pth",
                                backbone(vit.formatted("VisionTransformer", "[64, 128]"))
                                        .expectedKeys(),
                                state(backbone(vit.formatted("VisionTransformer", "64"))))
                        .lines());
        assertEquals(
                List.of("a.pth: 2 of 20 keys resized: 'pos_embed' from [1, 17, 8] to [1, 37, 8];"
                        + " 'layers.0.attn.relative_position_bias_table' from [52, 2] to [124, 2]"),
                StateDictReport.of(
                                "a.pth",
                                backbone(vit.formatted("MAE", "96")).expectedKeys(),
                                state(backbone(vit.formatted("MAE", "64"))))
                        .lines());
    }

    private static void check(String name, Fit fit) throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(GoldenFiles.committed("position_tables.json").toFile())
                .get(name);
        List<Long> source = longs(golden.get("source"));
        int count = (int) source.stream().mapToLong(n -> n).reduce(1, (a, b) -> a * b);
        HostTensor found = HostTensor.ofFloats(source, DeterministicTensor.input(name, count, 1));

        HostTensor resized = fit.resized(found, longs(golden.get("shape"))).orElseThrow();

        assertEquals(longs(golden.get("shape")), resized.shape());
        float[] expected = new float[golden.get("values").size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) golden.get("values").get(i).asDouble();
        }
        assertArrayEquals(expected, resized.toFloats(), 1e-5f);
    }

    private static List<Long> longs(JsonNode numbers) {
        List<Long> all = new ArrayList<>();
        numbers.forEach(n -> all.add(n.asLong()));
        return all;
    }

    private static Module backbone(String config) {
        return PARTS.backbones().build(Settings.of(config), PARTS);
    }

    /// A checkpoint of zeros for a model.
    private static StateDict state(Module model) {
        Map<String, HostTensor> zeros = new LinkedHashMap<>();
        model.expectedKeys()
                .forEach(key -> zeros.put(
                        key.name(), zeros(key.shape().stream().mapToLong(n -> n).toArray())));
        return new StateDict(zeros);
    }

    private static HostTensor zeros(long... shape) {
        List<Long> sizes = LongStream.of(shape).boxed().toList();
        return HostTensor.ofFloats(
                sizes, new float[(int) sizes.stream().mapToLong(n -> n).reduce(1, (a, b) -> a * b)]);
    }
}
