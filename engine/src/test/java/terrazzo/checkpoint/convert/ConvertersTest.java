package terrazzo.checkpoint.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;
import terrazzo.checkpoint.StateDictReport;
import terrazzo.core.error.CheckpointException;
import terrazzo.golden.DeterministicTensor;
import terrazzo.golden.GoldenFiles;
import terrazzo.golden.Settings;
import terrazzo.models.Backbone;
import terrazzo.models.Parts;
import terrazzo.models.catalogue.StandardParts;

final class ConvertersTest {

    private static final Converters CONVERTERS = Converters.builtIn();
    private static final Parts PARTS = StandardParts.parts();
    private static final Map<String, JsonNode> CASES = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(GoldenFiles.committed("converters.json").toFile());
        all.properties().forEach(e -> CASES.put(e.getKey(), e.getValue()));
    }

    /// Last column: what the reference's converter carries along though nothing takes it, or under a name that nothing
    /// has.
    @ParameterizedTest
    @CsvSource(textBlock = """
        timm-vit, ''
        beit,     'fc_norm.bias fc_norm.weight head.bias head.weight patch_embed.proj.bias patch_embed.proj.weight'
        swin,     'norm.bias norm.weight stages.0.blocks.1.attn_mask stages.1.blocks.1.attn_mask'
        mit,      ''
        pcpvt,    ''
        svt,      ''
        stdc1,    ''
        stdc2,    ''
        jax-vit,  ''
        """)
    void givesWhatTheReferenceGives(String name, String onlyThere) {
        StateDict converted = converted(name);

        Map<String, String> expected = new LinkedHashMap<>();
        golden(name, "converted")
                .properties()
                .forEach(e -> expected.put(
                        e.getKey(), e.getValue().get(0) + " " + e.getValue().get(1)));
        Map<String, String> actual = new LinkedHashMap<>();
        converted.tensors().forEach((key, tensor) -> actual.put(key, fingerprint(tensor)));
        TreeSet<String> leftOut = new TreeSet<>(expected.keySet());
        leftOut.removeAll(actual.keySet());

        assertEquals(onlyThere, String.join(" ", leftOut));
        expected.keySet().removeAll(leftOut);
        assertEquals(expected, actual);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        timm-vit | {'type': 'VisionTransformer', 'img_size': 64, 'embed_dims': 32, 'num_layers': 2, 'num_heads': 4, 'final_norm': true}
        jax-vit  | {'type': 'VisionTransformer', 'img_size': 8, 'patch_size': 4, 'embed_dims': 8, 'num_layers': 2, 'num_heads': 2, 'mlp_ratio': 2, 'final_norm': true}
        beit     | {'type': 'BEiT', 'img_size': 64, 'embed_dims': 32, 'num_layers': 2, 'num_heads': 4}
        swin     | {'type': 'SwinTransformer', 'embed_dims': 16, 'depths': [2, 2], 'num_heads': [1, 2], 'strides': [4, 2], 'out_indices': [0, 1], 'window_size': 4}
        mit      | {'type': 'MixVisionTransformer', 'embed_dims': 8, 'num_stages': 2, 'num_layers': [2, 2], 'num_heads': [1, 2], 'patch_sizes': [7, 3], 'strides': [4, 2], 'sr_ratios': [2, 1], 'out_indices': [0, 1]}
        pcpvt    | {'type': 'PCPVT', 'embed_dims': [8, 16], 'num_heads': [1, 2], 'patch_sizes': [4, 2], 'strides': [4, 2], 'mlp_ratios': [4, 4], 'depths': [2, 2], 'sr_ratios': [2, 1], 'out_indices': [0, 1], 'qkv_bias': true, 'norm_after_stage': true}
        svt      | {'type': 'SVT', 'embed_dims': [8, 16], 'num_heads': [1, 2], 'patch_sizes': [4, 2], 'strides': [4, 2], 'mlp_ratios': [4, 4], 'depths': [2, 2], 'sr_ratios': [2, 1], 'windiow_sizes': [7, 7], 'out_indices': [0, 1], 'qkv_bias': true}
        stdc1    | {'type': 'STDCNet', 'stdc_type': 'STDCNet1', 'in_channels': 3, 'channels': [8, 8, 16, 32, 64], 'bottleneck_type': 'cat', 'num_convs': 4, 'norm_cfg': {'type': 'BN'}, 'act_cfg': {'type': 'ReLU'}, 'with_final_conv': false}
        stdc2    | {'type': 'STDCNet', 'stdc_type': 'STDCNet2', 'in_channels': 3, 'channels': [8, 8, 16, 32, 64], 'bottleneck_type': 'cat', 'num_convs': 4, 'norm_cfg': {'type': 'BN'}, 'act_cfg': {'type': 'ReLU'}, 'with_final_conv': false}
        """)
    void fillsEveryKeyOfOurBackbone(String name, String config) {
        Backbone backbone = PARTS.backbones().build(Settings.of(config), PARTS);

        StateDictReport report = StateDictReport.of(name, backbone.expectedKeys(), converted(name));

        assertEquals(List.of(), report.lines());
        assertTrue(report.isExact());
    }

    @ParameterizedTest
    @CsvSource({
        "timm-vit, timm-vit",
        "beit, beit",
        "swin, swin",
        "mit, mit",
        "pcpvt, twins",
        "svt, twins",
        "stdc1, stdc",
        "stdc2, stdc",
        "jax-vit, jax-vit"
    })
    void recognisesKeys(String name, String converter) {
        assertEquals(Optional.of(converter), CONVERTERS.detect(source(name)).map(KeyConverter::name));
        assertEquals(
                Optional.of(converter),
                CONVERTERS
                        .detect(source(name).renamed(key -> "backbone." + key))
                        .map(KeyConverter::name));
    }

    @Test
    void takesItsOwnKeysForNobodyElses() {
        CASES.keySet().forEach(name -> assertEquals(Optional.empty(), CONVERTERS.detect(converted(name)), name));
    }

    @Test
    void putsMergedPixelsIntoTheOrderOfUnfold() {
        float[] theirs = new float[8]; // four pixels of two channels
        for (int column = 0; column < 2; column++) {
            for (int row = 0; row < 2; row++) {
                for (int channel = 0; channel < 2; channel++) {
                    theirs[(column * 2 + row) * 2 + channel] = 100 * channel + 10 * row + column;
                }
            }
        }
        StateDict swin = new StateDict(Map.of(
                "layers.0.downsample.norm.weight",
                HostTensor.ofFloats(List.of(8L), theirs),
                "layers.0.downsample.reduction.weight",
                HostTensor.ofFloats(List.of(1L, 8L), theirs)));

        StateDict ours = CONVERTERS.named("swin").orElseThrow().convert(swin);

        float[] byChannel = {0, 1, 10, 11, 100, 101, 110, 111};
        assertArrayEquals(
                byChannel,
                ours.get("stages.0.downsample.norm.weight").orElseThrow().toFloats());
        assertArrayEquals(
                byChannel,
                ours.get("stages.0.downsample.reduction.weight").orElseThrow().toFloats());
    }

    @Test
    void convertsTheBackboneOfAWholeModelAndLeavesTheRest() {
        Map<String, HostTensor> whole = new LinkedHashMap<>();
        source("swin").tensors().forEach((key, tensor) -> whole.put("backbone." + key, tensor));
        whole.put("decode_head.conv_seg.weight", HostTensor.ofFloats(List.of(1L), 1));
        KeyConverter swin = CONVERTERS.named("swin").orElseThrow();

        StateDict converted = Converters.convert(swin, new StateDict(whole));

        assertEquals(converted("swin").keys(), converted.below("backbone.").keys());
        assertTrue(converted.get("decode_head.conv_seg.weight").isPresent());
        assertEquals(converted("swin").size() + 1, converted.size());
    }

    @Test
    void readsTheBackboneOfAWholeSTDC() {
        StateDict whole = source("stdc1").renamed(key -> "cp.backbone." + key);
        KeyConverter stdc = CONVERTERS.detect(whole).orElseThrow();

        assertEquals(
                converted("stdc1").keys(),
                Converters.convert(stdc, whole).below("backbone.").keys());
    }

    @Test
    void givesEveryLayerOfBEiTTheTableThatAllShare() {
        HostTensor table = HostTensor.ofFloats(List.of(2L, 1L), 1, 2);
        Map<String, HostTensor> shared = new LinkedHashMap<>();
        source("beit").tensors().forEach((key, tensor) -> {
            if (!key.endsWith("bias_table")) {
                shared.put(key, tensor);
            }
        });
        shared.put("rel_pos_bias.relative_position_bias_table", table);

        StateDict converted = CONVERTERS.named("beit").orElseThrow().convert(new StateDict(shared));

        assertEquals(Optional.of(table), converted.get("layers.0.attn.relative_position_bias_table"));
        assertEquals(Optional.of(table), converted.get("layers.1.attn.relative_position_bias_table"));
    }

    @Test
    void convertsMAEWhenAskedTo() {
        StateDict converted = CONVERTERS.named("beit").orElseThrow().convert(source("timm-vit"));

        assertTrue(converted.get("layers.0.attn.qkv.bias").isPresent());
        assertTrue(converted.get("ln1.weight").isPresent());
        assertTrue(converted.get("pos_embed").isPresent());
    }

    @Test
    void readsTheFilesOfJax() throws IOException {
        StateDict read = Checkpoint.load(GoldenFiles.committed("checkpoints/vit_jax.npz"))
                .stateDict();

        StateDict expected = source("jax-vit");
        assertEquals(expected.keys(), read.keys());
        expected.tensors()
                .forEach((key, tensor) ->
                        assertTrue(tensor.hasSameContent(read.get(key).orElseThrow()), key));
    }

    @Test
    void saysWhatAnotherViTOfJaxLacks() {
        StateDict hybrid = source("jax-vit").renamed(key -> key.equals("embedding/bias") ? "conv_root/bias" : key);

        CheckpointException e = assertThrows(
                CheckpointException.class,
                () -> CONVERTERS.detect(hybrid).orElseThrow().convert(hybrid));

        assertEquals(
                "jax-vit: expected 'embedding/bias', got other names, such as 'cls' — only plain ViT is known, without"
                        + " convolutions before it",
                e.getMessage());
    }

    private static JsonNode golden(String name, String part) {
        return Objects.requireNonNull(CASES.get(name)).get(part);
    }

    private static StateDict converted(String name) {
        String converter = golden(name, "from").asText();
        return Converters.convert(CONVERTERS.named(converter).orElseThrow(), source(name));
    }

    /// The tensors that the golden was made of: `u(key)` as float32, counting for integer buffers.
    private static StateDict source(String name) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        golden(name, "source").properties().forEach(e -> {
            List<Long> shape = new ArrayList<>();
            e.getValue().forEach(size -> shape.add(size.asLong()));
            int count = (int) shape.stream().mapToLong(n -> n).reduce(1, (a, b) -> a * b);
            String key = e.getKey();
            tensors.put(
                    key,
                    key.contains("index") || key.contains("tracked")
                            ? HostTensor.ofLongs(
                                    shape, LongStream.range(0, count).toArray())
                            : HostTensor.ofFloats(shape, DeterministicTensor.input(key, count, 1)));
        });
        return new StateDict(tensors);
    }

    private static String fingerprint(HostTensor tensor) {
        CRC32 crc = new CRC32();
        crc.update(tensor.bytes().toArray(ValueLayout.JAVA_BYTE));
        return tensor.shape().toString().replace(" ", "") + " " + crc.getValue();
    }
}
