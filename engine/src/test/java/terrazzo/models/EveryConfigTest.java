package terrazzo.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import terrazzo.config.ConfigLocator;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.error.ConfigException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.torchscript.TorchScript;
import terrazzo.models.catalogue.StandardParts;

/// Every distinct model behind the configs, from config to TorchScript, in evaluation and in training.
/// Golden figures say whether what they compute is right.
class EveryConfigTest {

    private static final int MODELS_OF_MMSEGMENTATION = 373;
    /// The reference builds this one and then fails at its first image.
    private static final String IMPOSSIBLE = "segmenter/segmenter_vit-s_fcn_8xb1-160k_ade20k-512x512.py";

    private static final Set<String> NOT_THE_MODEL = Set.of("data_preprocessor", "pretrained", "init_cfg");

    @Test
    void refusesTheOneWhoseHeadDoesNotFitItsBackbone() throws IOException {
        ConfigNode config =
                new ConfigLocator().load(IMPOSSIBLE, List.of()).root().node("model");

        ConfigException e =
                assertThrows(ConfigException.class, () -> StandardParts.parts().segmentor(config));

        assertEquals(
                IMPOSSIBLE + ":8: model.decode_head.in_channels: expected 192 (backbone VisionTransformer, level 0),"
                        + " got 384",
                e.getMessage());
    }

    @TestFactory
    Stream<DynamicTest> buildsAndTracesInBothModes() throws IOException {
        Map<Value, String> distinct = new LinkedHashMap<>();
        ConfigLocator locator = new ConfigLocator();
        for (String name : locator.packed()) {
            Value model = Objects.requireNonNull(
                    locator.load(name, List.of()).dict().entries().get("model"), name);
            distinct.putIfAbsent(withoutWeightsAndImages(model), name);
        }
        assertTrue(distinct.size() >= MODELS_OF_MMSEGMENTATION, () -> distinct.size() + " models");
        return distinct.values().stream()
                .filter(name -> !name.equals(IMPOSSIBLE))
                .map(name -> dynamicTest(name, () -> check(locator, name)));
    }

    private static void check(ConfigLocator locator, String name) throws IOException {
        ConfigNode config = locator.load(name, List.of()).root().node("model");
        Segmentor model = StandardParts.parts().segmentor(config);
        List<String> keys = model.state().stream().map(Parameter::key).toList();
        assertEquals(keys.size(), new HashSet<>(keys).size(), "each key once");
        assertEquals(keys, keys.stream().filter(key -> !key.isBlank()).toList());

        Trace eval = new Trace(Trace.Mode.EVAL);
        Tensor img = model.image(eval, 3);
        Tensor logits = model.encodeDecode(img);
        assertEquals(
                List.of(img.dim(0), Dim.of(model.numClasses()), img.dim(2), img.dim(3)),
                logits.shape().dims());
        emit(eval, Map.of("logits", logits));

        Trace train = new Trace(Trace.Mode.TRAIN);
        Tensor label = train.input("label", DType.INT64, Dim.symbol("N"), Dim.symbol("H"), Dim.symbol("W"));
        Map<String, Tensor> losses = new LinkedHashMap<>(model.loss(model.image(train, 3), label));
        losses.put("total", Segmentor.total(losses));
        emit(train, losses);
    }

    private static void emit(Trace trace, Map<String, Tensor> outputs) {
        assertFalse(
                TorchScript.emit(Map.of("run", trace.finish(outputs))).code().isEmpty());
    }

    private static Value withoutWeightsAndImages(Value value) {
        return switch (value) {
            case Value.DictValue(var entries, var _) -> {
                Map<String, Value> kept = new LinkedHashMap<>();
                entries.forEach((key, item) -> {
                    if (!NOT_THE_MODEL.contains(key)) {
                        kept.put(key, withoutWeightsAndImages(item));
                    }
                });
                yield Value.DictValue.of(kept);
            }
            case Value.ListValue(var items) -> new Value.ListValue(each(items));
            case Value.TupleValue(var items) -> new Value.ListValue(each(items));
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ -> value;
        };
    }

    private static List<Value> each(List<Value> items) {
        List<Value> kept = new ArrayList<>();
        items.forEach(item -> kept.add(withoutWeightsAndImages(item)));
        return kept;
    }
}
