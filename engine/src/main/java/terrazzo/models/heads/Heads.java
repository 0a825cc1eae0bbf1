package terrazzo.models.heads;

import java.util.Map;
import terrazzo.models.DecodeHead;
import terrazzo.models.Registry;

/// The catalogue of heads.
public final class Heads {

    private Heads() {}

    public static Registry<DecodeHead> registry() {
        return new Registry<>(
                "head",
                Map.ofEntries(
                        Map.entry("ANNHead", ANNHead::read),
                        Map.entry("APCHead", APCHead::read),
                        Map.entry("ASPPHead", ASPPHead::read),
                        Map.entry("CCHead", CCHead::read),
                        Map.entry("DAHead", DAHead::read),
                        Map.entry("DMHead", DMHead::read),
                        Map.entry("DNLHead", DNLHead::read),
                        Map.entry("DPTHead", DPTHead::read),
                        Map.entry("DepthwiseSeparableASPPHead", DepthwiseSeparableASPPHead::read),
                        Map.entry("DepthwiseSeparableFCNHead", DepthwiseSeparableFCNHead::read),
                        Map.entry("EMAHead", EMAHead::read),
                        Map.entry("EncHead", EncHead::read),
                        Map.entry("FCNHead", FCNHead::read),
                        Map.entry("FPNHead", FPNHead::read),
                        Map.entry("GCHead", GCHead::read),
                        Map.entry("ISAHead", ISAHead::read),
                        Map.entry("IterativeDecodeHead", IterativeDecodeHead::read),
                        Map.entry("LRASPPHead", LRASPPHead::read),
                        Map.entry("NLHead", NLHead::read),
                        Map.entry("OCRHead", OCRHead::read),
                        Map.entry("PSAHead", PSAHead::read),
                        Map.entry("PSPHead", PSPHead::read),
                        Map.entry("PointHead", PointHead::read),
                        Map.entry("SETRMLAHead", SETRMLAHead::read),
                        Map.entry("SETRUPHead", SETRUPHead::read),
                        Map.entry("STDCHead", STDCHead::read),
                        Map.entry("SegformerHead", SegformerHead::read),
                        Map.entry("SegmenterMaskTransformerHead", SegmenterMaskTransformerHead::read),
                        Map.entry("UPerHead", UPerHead::read)));
    }
}
