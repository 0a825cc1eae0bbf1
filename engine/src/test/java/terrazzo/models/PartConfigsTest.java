package terrazzo.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Size;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.EngineException;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.models.catalogue.StandardParts;

/// What parts refuse, word by word, and what golden figures do not show.
final class PartConfigsTest {

    private static final Map<String, Object> RESNET = Map.of("type", "ResNetV1c", "depth", 18);
    private static final Map<String, Object> FCN =
            Map.of("type", "FCNHead", "in_channels", 512, "in_index", 3, "channels", 8, "num_classes", 3);

    @Test
    void refusesANeckForOtherLevels() {
        Map<String, Object> neck =
                Map.of("type", "FPN", "in_channels", List.of(64, 128, 256), "out_channels", 8, "num_outs", 3);

        assertEquals(
                "<test>: neck.in_channels: expected [64, 128, 256, 512] (backbone ResNetV1c), got [64, 128, 256]",
                refusal(Map.of("type", "EncoderDecoder", "backbone", RESNET, "neck", neck, "decode_head", FCN)));
    }

    @Test
    void refusesStridesThatAreNoPowersOfTwo() {
        Map<String, Object> head = Map.of(
                "type",
                "FPNHead",
                "in_channels",
                List.of(64, 128),
                "in_index",
                List.of(0, 1),
                "feature_strides",
                List.of(4, 12),
                "channels",
                8,
                "num_classes",
                3);

        assertEquals(
                "<test>: decode_head.feature_strides: expected 2 powers of 2 (in_channels), the smallest first, got"
                        + " [4, 12]",
                refusal(model(RESNET, head)));
    }

    @Test
    void refusesToRefineAHeadWithoutClassifier() {
        Map<String, Object> inner = new LinkedHashMap<>(FCN);
        inner.putAll(Map.of("type", "DAHead", "pam_channels", 4));
        Map<String, Object> head = Map.of(
                "type",
                "IterativeDecodeHead",
                "num_stages",
                0,
                "kernel_update_head",
                List.of(),
                "kernel_generate_head",
                inner);

        assertEquals(
                "<test>: decode_head.kernel_generate_head.type: expected a head with a classifier, got 'DAHead'"
                        + " — FCNHead, PSPHead and UPerHead are",
                refusal(model(RESNET, head)));
    }

    @Test
    void refusesImagesOfAnotherSizeThanTheTablesOfBEiT() {
        Segmentor model = StandardParts.parts().segmentor(node(model(beit(), beitHead())));
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor img = trace.input("img", DType.FLOAT32, Dim.ONE, Dim.of(3), Dim.of(48), Dim.of(64));

        ShapeException e = assertThrows(ShapeException.class, () -> model.encodeDecode(img));

        assertEquals(
                "expected an image of 64x64 (img_size), got 48x64 — resize it, or slide a window of that size",
                e.getMessage());
        assertEquals(Optional.of(new Size(64, 64)), model.inputSize());
    }

    @Test
    void saysWhichBackboneToTakeInsteadOfTimms() {
        assertEquals(
                "<test>: backbone.type: expected a backbone of this engine, got 'TIMMBackbone' for"
                        + " 'vit_base_patch16_224' — timm is a Python library; use type='VisionTransformer' and convert"
                        + " its weights with 'terrazzo checkpoint convert IN OUT --from timm-vit'",
                refusal(model(Map.of("type", "TIMMBackbone", "model_name", "vit_base_patch16_224"), FCN)));
        assertEquals(
                "<test>: backbone.type: expected a backbone of this engine, got 'TIMMBackbone' for 'resnet18' — timm is"
                        + " a Python library; use type='ResNet'",
                refusal(model(Map.of("type", "TIMMBackbone", "model_name", "resnet18"), FCN)));
        assertEquals(
                "<test>: backbone.type: expected a backbone of this engine, got 'TIMMBackbone' — timm is a Python"
                        + " library; use a backbone of this engine, such as ResNetV1c or VisionTransformer; weights of"
                        + " timm's vision transformers come along with 'terrazzo checkpoint convert IN OUT --from"
                        + " timm-vit'",
                refusal(model(Map.of("type", "TIMMBackbone"), FCN)));
    }

    @Test
    void keepsASharedProjectionUnderBothNames() {
        Map<String, Object> head = Map.of(
                "type",
                "ANNHead",
                "in_channels",
                List.of(256, 512),
                "in_index",
                List.of(2, 3),
                "channels",
                8,
                "project_channels",
                4,
                "num_classes",
                3);
        Segmentor model = StandardParts.parts().segmentor(node(model(RESNET, head)));

        List<Parameter> shared = model.state().stream()
                .filter(p -> p.key().matches("decode_head.context.stages.0.(key|query)_project.conv.weight"))
                .toList();

        assertEquals(
                List.of(
                        "decode_head.context.stages.0.key_project.conv.weight",
                        "decode_head.context.stages.0.query_project.conv.weight"),
                shared.stream().map(Parameter::key).toList());
        assertEquals(Optional.empty(), shared.getFirst().original());
        assertEquals(Optional.of(shared.getFirst()), shared.getLast().original());
        assertEquals(
                List.of(true, false),
                shared.stream().map(Parameter::isTrainable).toList());
    }

    private static Map<String, Object> beit() {
        return Map.of(
                "type",
                "BEiT",
                "img_size",
                64,
                "embed_dims",
                16,
                "num_heads",
                2,
                "num_layers",
                1,
                "out_indices",
                List.of(0));
    }

    private static Map<String, Object> beitHead() {
        return Map.of("type", "FCNHead", "in_channels", 16, "in_index", 0, "channels", 8, "num_classes", 3);
    }

    private static Map<String, Object> model(Map<String, Object> backbone, Map<String, Object> head) {
        return Map.of("type", "EncoderDecoder", "backbone", backbone, "decode_head", head);
    }

    private static String refusal(Map<String, Object> model) {
        EngineException e =
                assertThrows(ConfigException.class, () -> StandardParts.parts().segmentor(node(model)));
        return String.valueOf(e.getMessage());
    }

    private static ConfigNode node(Map<String, Object> dict) {
        return ConfigNode.root((Value.DictValue) value(dict), "<test>");
    }

    private static Value value(Object o) {
        if (o instanceof Map<?, ?> map) {
            Map<String, Value> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put((String) key, value(item)));
            return Value.DictValue.of(entries);
        }
        if (o instanceof List<?> list) {
            List<Value> items = new ArrayList<>();
            list.forEach(item -> items.add(value(item)));
            return new Value.ListValue(items);
        }
        if (o instanceof Integer i) {
            return new Value.Int(i);
        }
        return new Value.Str(o.toString());
    }
}
