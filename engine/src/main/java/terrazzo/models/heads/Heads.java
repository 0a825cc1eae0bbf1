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
                        Map.entry("ASPPHead", ASPPHead::read),
                        Map.entry("DepthwiseSeparableASPPHead", DepthwiseSeparableASPPHead::read),
                        Map.entry("DepthwiseSeparableFCNHead", DepthwiseSeparableFCNHead::read),
                        Map.entry("FCNHead", FCNHead::read),
                        Map.entry("FPNHead", FPNHead::read),
                        Map.entry("PSPHead", PSPHead::read),
                        Map.entry("SegformerHead", SegformerHead::read),
                        Map.entry("UPerHead", UPerHead::read)));
    }
}
