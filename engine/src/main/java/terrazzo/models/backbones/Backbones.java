package terrazzo.models.backbones;

import java.util.Map;
import terrazzo.models.Backbone;
import terrazzo.models.Registry;

/// The catalogue of backbones.
public final class Backbones {

    private Backbones() {}

    public static Registry<Backbone> registry() {
        return new Registry<>(
                "backbone",
                Map.ofEntries(
                        Map.entry("BEiT", (c, _) -> BEiT.read(c)),
                        Map.entry("BiSeNetV1", BiSeNetV1::read),
                        Map.entry("BiSeNetV2", (c, _) -> BiSeNetV2.read(c)),
                        Map.entry("CGNet", (c, _) -> CGNet.read(c)),
                        Map.entry("ConvNeXt", (c, _) -> ConvNeXt.read(c)),
                        Map.entry("ERFNet", (c, _) -> ERFNet.read(c)),
                        Map.entry("FastSCNN", (c, _) -> FastSCNN.read(c)),
                        Map.entry("HRNet", (c, _) -> HRNet.read(c)),
                        Map.entry("ICNet", ICNet::read),
                        Map.entry("MAE", (c, _) -> BEiT.mae(c)),
                        Map.entry("MixVisionTransformer", (c, _) -> MixVisionTransformer.read(c)),
                        Map.entry("MobileNetV2", (c, _) -> MobileNetV2.read(c)),
                        Map.entry("MobileNetV3", (c, _) -> MobileNetV3.read(c)),
                        Map.entry("PCPVT", (c, _) -> PCPVT.read(c)),
                        Map.entry("ResNeSt", (c, _) -> ResNeSt.read(c)),
                        Map.entry("ResNeXt", (c, _) -> ResNeXt.read(c)),
                        Map.entry("ResNet", (c, _) -> ResNet.read(c)),
                        Map.entry("ResNetV1c", (c, _) -> ResNet.v1c(c)),
                        Map.entry("ResNetV1d", (c, _) -> ResNet.v1d(c)),
                        Map.entry("STDCContextPathNet", STDCContextPathNet::read),
                        Map.entry("STDCNet", (c, _) -> STDCNet.read(c)),
                        Map.entry("SVT", (c, _) -> PCPVT.svt(c)),
                        Map.entry("SwinTransformer", (c, _) -> SwinTransformer.read(c)),
                        Map.entry("TIMMBackbone", (c, _) -> {
                            throw TIMMBackbone.refusal(c);
                        }),
                        Map.entry("UNet", (c, _) -> UNet.read(c)),
                        Map.entry("VisionTransformer", (c, _) -> VisionTransformer.read(c)),
                        Map.entry("mmcls.ConvNeXt", (c, _) -> ConvNeXt.read(c))));
    }
}
