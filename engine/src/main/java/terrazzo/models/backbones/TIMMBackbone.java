package terrazzo.models.backbones;

import java.util.LinkedHashMap;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;

/// The name under which the reference wraps any network of [timm](https://github.com/huggingface/pytorch-image-models).
/// That is a Python library, so there is nothing to build; the refusal says which backbone of ours to use.
final class TIMMBackbone {

    private TIMMBackbone() {}

    static ConfigException refusal(ConfigNode c) {
        String model = c.find("model_name").isPresent() ? c.string("model_name") : "";
        return c.error(
                "type",
                "a backbone of this engine",
                "'TIMMBackbone'" + (model.isEmpty() ? "" : " for '" + model + "'"),
                "timm is a Python library; " + advice(model));
    }

    /// Our backbone by how names of timm begin; the first that fits decides.
    private static Map<String, String> backbones() {
        Map<String, String> byPrefix = new LinkedHashMap<>();
        byPrefix.put("vit_", "VisionTransformer");
        byPrefix.put("deit_", "VisionTransformer");
        byPrefix.put("swin_", "SwinTransformer");
        byPrefix.put("beit_", "BEiT");
        byPrefix.put("twins_pcpvt", "PCPVT");
        byPrefix.put("twins_svt", "SVT");
        byPrefix.put("convnext_", "ConvNeXt");
        byPrefix.put("hrnet_", "HRNet");
        byPrefix.put("resnest", "ResNeSt");
        byPrefix.put("resnext", "ResNeXt");
        byPrefix.put("resnet", "ResNet");
        byPrefix.put("mobilenetv2", "MobileNetV2");
        byPrefix.put("mobilenetv3", "MobileNetV3");
        return byPrefix;
    }

    private static String advice(String model) {
        return backbones().entrySet().stream()
                .filter(e -> model.startsWith(e.getKey()))
                .map(e -> "use type='" + e.getValue() + "'" + weights(e.getValue()))
                .findFirst()
                .orElse("use a backbone of this engine, such as ResNetV1c or VisionTransformer; weights of timm's"
                        + " vision transformers come along with 'terrazzo checkpoint convert IN OUT --from"
                        + " timm-vit'");
    }

    private static String weights(String backbone) {
        String origin = switch (backbone) {
            case "VisionTransformer" -> "timm-vit";
            case "SwinTransformer" -> "swin";
            case "BEiT" -> "beit";
            case "PCPVT", "SVT" -> "twins";
            default -> "";
        };
        return origin.isEmpty()
                ? ""
                : " and convert its weights with 'terrazzo checkpoint convert IN OUT --from " + origin + "'";
    }
}
