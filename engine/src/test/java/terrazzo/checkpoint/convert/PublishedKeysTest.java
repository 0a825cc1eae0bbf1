package terrazzo.checkpoint.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;
import terrazzo.checkpoint.StateDictReport;
import terrazzo.config.ConfigLocator;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.golden.GoldenFiles;
import terrazzo.golden.Settings;
import terrazzo.models.Backbone;
import terrazzo.models.Parts;
import terrazzo.models.catalogue.StandardParts;

/// Checkpoints as their authors publish them, by the names and shapes of all their tensors (`published.json`), fill our
/// backbones exactly.
final class PublishedKeysTest {

    private static final Converters CONVERTERS = Converters.builtIn();
    private static final Parts PARTS = StandardParts.parts();

    /// Columns: file; config or settings of the backbone; the file's keys that have no place here: classifiers, masks
    /// that
    /// follow from sizes, second names of the same; norms of our features that classifiers don't have.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        swin     | swin/swin-tiny-patch4-window7-in1k-pre_upernet_8xb2-160k_ade20k-512x512.py | head norm .+attn_mask | norm\\d
        mit      | segformer/segformer_mit-b0_8xb2-160k_ade20k-512x512.py                     | head                  | -
        pcpvt    | twins/twins_pcpvt-s_uperhead_8xb4-160k_ade20k-512x512.py                   | head norm             | -
        svt      | twins/twins_svt-s_uperhead_8xb2-160k_ade20k-512x512.py                     | head norm             | norm_list
        stdc1    | stdc/stdc1_in1k-pre_4xb12-80k_cityscapes-512x1024.py                       | x\\d+ conv_last fc bn linear | -
        stdc2    | stdc/stdc2_in1k-pre_4xb12-80k_cityscapes-512x1024.py                       | x\\d+ conv_last fc bn linear | -
        timm-vit | {'type': 'VisionTransformer', 'embed_dims': 384, 'num_heads': 6, 'final_norm': true} | head         | -
        beit     | {'type': 'BEiT'}                                                           | head fc_norm          | -
        jax-vit  | {'type': 'VisionTransformer', 'embed_dims': 192, 'num_heads': 3, 'final_norm': true} | head         | -
        """)
    void fillsOurBackboneExactly(String name, String config, String leftOut, String ours) throws IOException {
        StateDict published = published(name);
        KeyConverter converter = CONVERTERS.detect(published).orElseThrow();

        StateDict converted = Converters.convert(converter, published);

        assertEquals(entry(name).get("from").asText(), converter.name());
        StateDictReport report = StateDictReport.of(name, backbone(config).expectedKeys(), converted);
        assertEquals(List.of(), report.unexpected());
        assertEquals(List.of(), report.misshaped());
        assertEquals(List.of(), report.resized());
        assertEquals(
                List.of(),
                report.missing().stream()
                        .filter(key -> !key.name().matches("(" + ours + ")\\..+"))
                        .toList());
        String without = "(" + leftOut.replace(" ", "|") + ")([./].+)?";
        long needed =
                published.keys().stream().filter(key -> !key.matches(without)).count();
        assertEquals(needed - joined(converter.name(), published), converted.size(), "keys left out beside " + leftOut);
    }

    /// How many tensors fewer there are where one of ours is made of two or three.
    private static long joined(String converter, StateDict published) {
        return switch (converter) {
            case "mit", "twins" -> count(published, ".*\\.attn\\.q\\.(weight|bias)"); // with those of keys and values
            case "jax-vit" -> 2 * count(published, ".*/query/(kernel|bias)"); // with those of keys, and of values
            default -> 0;
        };
    }

    private static long count(StateDict published, String pattern) {
        return published.keys().stream().filter(key -> key.matches(pattern)).count();
    }

    private static Backbone backbone(String config) throws IOException {
        if (config.startsWith("{")) {
            return PARTS.backbones().build(Settings.of(config), PARTS);
        }
        ConfigNode root = new ConfigLocator().load(config, List.of()).root();
        ConfigNode backbone = root.node("model").node("backbone");
        Optional<ConfigNode> inner = backbone.optionalNode("backbone_cfg"); // STDC's is within a context path
        return PARTS.backbones().build(inner.orElse(backbone), PARTS);
    }

    private static JsonNode entry(String name) throws IOException {
        return new ObjectMapper()
                .readTree(GoldenFiles.committed("published.json").toFile())
                .get(name);
    }

    /// Tensors of zeros under the published names; all look at the same memory.
    private static StateDict published(String name) throws IOException {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        entry(name).get("keys").properties().forEach(e -> {
            List<Long> shape = new ArrayList<>();
            e.getValue().forEach(size -> shape.add(size.asLong()));
            shapes.put(e.getKey(), shape);
        });
        long largest = shapes.values().stream()
                .mapToLong(PublishedKeysTest::numel)
                .max()
                .orElseThrow();
        MemorySegment zeros = MemorySegment.ofArray(new byte[Math.toIntExact(largest * Long.BYTES)]);
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        shapes.forEach((key, shape) -> {
            DType dtype = key.contains("index") || key.contains("tracked") ? DType.INT64 : DType.FLOAT32;
            tensors.put(key, HostTensor.of(dtype, shape, zeros.asSlice(0, numel(shape) * dtype.sizeBytes())));
        });
        return new StateDict(tensors);
    }

    private static long numel(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
