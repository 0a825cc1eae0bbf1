package terrazzo.models.losses;

import java.util.Map;
import terrazzo.models.Loss;
import terrazzo.models.PixelSampler;
import terrazzo.models.Registry;

/// The catalogue of losses and samplers.
public final class Losses {

    private Losses() {}

    public static Registry<Loss> registry() {
        return new Registry<>(
                "loss",
                Map.ofEntries(
                        Map.entry("CrossEntropyLoss", (c, _) -> CrossEntropyLoss.read(c)),
                        Map.entry("DiceLoss", (c, _) -> DiceLoss.read(c)),
                        Map.entry("FocalLoss", (c, _) -> FocalLoss.read(c)),
                        Map.entry("LovaszLoss", (c, _) -> LovaszLoss.read(c)),
                        Map.entry("TverskyLoss", (c, _) -> TverskyLoss.read(c))));
    }

    public static Registry<PixelSampler> samplers() {
        return new Registry<>("sampler", Map.of("OHEMPixelSampler", (c, _) -> OHEMPixelSampler.read(c)));
    }
}
