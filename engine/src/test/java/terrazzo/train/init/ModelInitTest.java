package terrazzo.train.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.StateDict;
import terrazzo.config.Config;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.EngineException;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;

final class ModelInitTest {

    private static final String BACKBONE = """
        "type": "ResNetV1c", "depth": 18, "num_stages": 4, "out_indices": [0, 1, 2, 3],
        "norm_cfg": {"type": "BN"}\
        """;
    private static final String HEAD = """
        "type": "FCNHead", "in_channels": 512, "in_index": 3, "channels": 16, "num_convs": 1,
        "num_classes": 4, "norm_cfg": {"type": "BN"}, "align_corners": false,
        "loss_decode": {"type": "CrossEntropyLoss"}\
        """;

    @TempDir
    Path folder;

    private record Started(Segmentor model, Map<String, HostTensor> tensors) {

        Init init(String key) {
            return parameter(key).init();
        }

        private Parameter parameter(String key) {
            return model.state().stream()
                    .filter(p -> p.key().equals(key))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Started start(String model, String backbone, String head) throws IOException {
        ConfigNode config = Config.fromJson(
                        "{\"model\": {\"type\": \"EncoderDecoder\"" + more(model) + ", \"backbone\": {" + BACKBONE
                                + more(backbone) + "}, \"decode_head\": {" + HEAD + more(head) + "}}}",
                        "c.py")
                .root()
                .node("model");
        Segmentor built = StandardParts.parts().segmentor(config);
        return new Started(built, ModelInit.apply(built, config, new PretrainedFiles(List.of(folder))));
    }

    private static String more(String entry) {
        return entry.isEmpty() ? "" : ", " + entry;
    }

    private String refusal(String model, String backbone, String head) {
        return assertThrows(EngineException.class, () -> start(model, backbone, head))
                .complaint()
                .text();
    }

    /// A file with the first convolution of a backbone, all elements 0.5.
    private void file(String name, String prefix) throws IOException {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        float[] numbers = new float[32 * 3 * 3 * 3];
        Arrays.fill(numbers, 0.5f);
        tensors.put(prefix + "stem.0.weight", HostTensor.ofFloats(List.of(32L, 3L, 3L, 3L), numbers));
        tensors.put(prefix + "fc.weight", HostTensor.ofFloats(List.of(2L), 1, 2));
        PthWriter.write(folder.resolve(name), new StateDict(tensors).toValue());
    }

    @Test
    void initialisesTheLayersThatAreNamed() throws IOException {
        Started started = start("", "", """
            "init_cfg": [
              {"type": "TruncNormal", "std": 0.02, "layer": "Conv2d", "bias": 0.1},
              {"type": "Constant", "val": 2, "layer": ["_BatchNorm", "GroupNorm"]}]\
            """);
        assertEquals(new Init.TruncatedNormal(0, 0.02, -2, 2), started.init("decode_head.conv_seg.weight"));
        assertEquals(new Init.Constant(0.1), started.init("decode_head.conv_seg.bias"));
        assertEquals(new Init.Constant(2), started.init("decode_head.convs.0.bn.weight"));
        assertEquals(Init.ONES, started.init("backbone.stem.1.weight"));
    }

    @Test
    void leavesLayersAloneWhenNoneIsNamed() throws IOException {
        Init before = start("", "", "").init("decode_head.conv_seg.weight");
        Started started = start("", "", "\"init_cfg\": {\"type\": \"Normal\", \"std\": 9}");
        assertEquals(before, started.init("decode_head.conv_seg.weight"));
    }

    @Test
    void overridesOnePart() throws IOException {
        Started started = start("", "", """
            "init_cfg": {"type": "Normal", "std": 0.1, "layer": "Conv2d",
                         "override": {"type": "Constant", "val": 3, "bias": 4, "name": "conv_seg"}}\
            """);
        assertEquals(new Init.Constant(3), started.init("decode_head.conv_seg.weight"));
        assertEquals(new Init.Constant(4), started.init("decode_head.conv_seg.bias"));
        assertEquals(new Init.Normal(0, 0.1), started.init("decode_head.convs.0.conv.weight"));
    }

    @Test
    void letsAPartSayMoreThanTheWholeModel() throws IOException {
        Started started = start(
                "\"init_cfg\": {\"type\": \"Constant\", \"val\": 1, \"layer\": \"Conv2d\"}",
                "",
                "\"init_cfg\": {\"type\": \"Constant\", \"val\": 2, \"layer\": \"Conv2d\"}");
        assertEquals(new Init.Constant(1), started.init("backbone.stem.0.weight"));
        assertEquals(new Init.Constant(2), started.init("decode_head.conv_seg.weight"));
    }

    @Test
    void computesTheSpreadOfFans() throws IOException {
        // conv_seg [4, 16, 1, 1]: fan in 16, fan out 4
        assertEquals(new Init.Normal(0, Math.sqrt(2.0 / 4)), head("\"type\": \"Kaiming\""));
        double bound = Math.sqrt(3) * Math.sqrt(1.0 / 16);
        assertEquals(new Init.Uniform(-bound, bound), head("""
            "type": "Kaiming", "mode": "fan_in", "nonlinearity": "linear", "distribution": "uniform\"\
            """));
        assertEquals(new Init.Normal(0, Math.sqrt(2.0 / 20)), head("\"type\": \"Xavier\""));
        assertEquals(
                new Init.Uniform(-Math.sqrt(6.0 / 20), Math.sqrt(6.0 / 20)).high(),
                ((Init.Uniform) head("\"type\": \"Xavier\", \"distribution\": \"uniform\"")).high(),
                1e-15);
        assertEquals(new Init.Uniform(-1, 2), head("\"type\": \"Uniform\", \"a\": -1, \"b\": 2"));
    }

    private Init head(String initializer) throws IOException {
        return start("", "", "\"init_cfg\": {" + initializer + ", \"layer\": \"Conv2d\"}")
                .init("decode_head.conv_seg.weight");
    }

    @Test
    void computesABiasFromAProbability() throws IOException {
        Started started =
                start("", "", "\"init_cfg\": {\"type\": \"Normal\", \"bias_prob\": 0.01, \"layer\": \"Conv2d\"}");
        Init.Constant bias = (Init.Constant) started.init("decode_head.conv_seg.bias");
        assertEquals(-Math.log(99), bias.value(), 1e-12);
    }

    @Test
    void loadsAFileByItsPublishedName() throws IOException {
        file("resnet18_v1c-b5776b93.pth", "");
        for (String model : List.of("\"pretrained\": \"open-mmlab://resnet18_v1c\"", "")) {
            String backbone = model.isEmpty()
                    ? "\"init_cfg\": {\"type\": \"Pretrained\", \"checkpoint\": \"open-mmlab://resnet18_v1c\"}"
                    : "";
            Started started = start(model, backbone, "");
            assertEquals(1, started.tensors.size());
            assertEquals(
                    0.5f,
                    Objects.requireNonNull(started.tensors.get("backbone.stem.0.weight"))
                            .toFloats()[0]);
        }
    }

    @Test
    void loadsWhatLiesBelowAPrefix() throws IOException {
        file("whole.pth", "encoder.");
        Started started = start("", """
            "init_cfg": {"type": "Pretrained", "checkpoint": "whole.pth", "prefix": "encoder."}\
            """, "");
        assertTrue(started.tensors.containsKey("backbone.stem.0.weight"));
    }

    @Test
    void saysWhichFileToPlaceWhere() {
        assertEquals(
                "c.py: model.pretrained: expected resnet50_v1c-*.pth in " + folder
                        + ", got no such file — place it there, or say where it is with --cfg-options"
                        + " model.pretrained=FILE, or start at random with --cfg-options model.pretrained=None",
                refusal("\"pretrained\": \"open-mmlab://resnet50_v1c\"", "", ""));
        assertEquals(
                "c.py: model.backbone.init_cfg.checkpoint: expected mit_b0.pth at pretrain/mit_b0.pth or in " + folder
                        + ", got no such file — place it there, or say where it is with --cfg-options"
                        + " model.backbone.init_cfg.checkpoint=FILE, or start at random with --cfg-options"
                        + " model.backbone.init_cfg=None",
                refusal("", "\"init_cfg\": {\"type\": \"Pretrained\", \"checkpoint\": \"pretrain/mit_b0.pth\"}", ""));
    }

    @Test
    void refusesAFileWithNothingForIt() throws IOException {
        file("other.pth", "x.");
        String text = assertThrows(
                        CheckpointException.class,
                        () -> start("", "\"init_cfg\": {\"type\": \"Pretrained\", \"checkpoint\": \"other.pth\"}", ""))
                .complaint()
                .text();
        assertEquals(
                folder.resolve("other.pth")
                        + ": expected weights of backbone, got none — choose another file, or say with prefix where in"
                        + " it they are",
                text);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals(
                "c.py: model.decode_head.init_cfg.type: expected an initializer, got 'Kaimin' — did you mean"
                        + " 'Kaiming'?",
                refusal("", "", "\"init_cfg\": {\"type\": \"Kaimin\", \"layer\": \"Conv2d\"}"));
        assertEquals(
                "c.py: model.decode_head.init_cfg.stdd: unknown key — did you mean 'std'?",
                refusal("", "", "\"init_cfg\": {\"type\": \"Normal\", \"stdd\": 1}"));
        assertThrows(
                ConfigException.class,
                () -> start(
                        "\"pretrained\": \"a.pth\"",
                        "\"init_cfg\": {\"type\": \"Pretrained\", \"checkpoint\": \"b.pth\"}",
                        ""));
    }
}
