package terrazzo.models.necks;

import java.util.Map;
import terrazzo.models.Neck;
import terrazzo.models.Registry;

/// The catalogue of necks.
public final class Necks {

    private Necks() {}

    public static Registry<Neck> registry() {
        return new Registry<>(
                "neck",
                Map.ofEntries(
                        Map.entry("FPN", (c, _) -> FPN.read(c)),
                        Map.entry("Feature2Pyramid", (c, _) -> Feature2Pyramid.read(c)),
                        Map.entry("ICNeck", (c, _) -> ICNeck.read(c)),
                        Map.entry("JPU", (c, _) -> JPU.read(c)),
                        Map.entry("MLANeck", (c, _) -> MLANeck.read(c)),
                        Map.entry("MultiLevelNeck", (c, _) -> MultiLevelNeck.read(c))));
    }
}
