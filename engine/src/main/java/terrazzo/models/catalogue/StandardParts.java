package terrazzo.models.catalogue;

import terrazzo.models.Parts;
import terrazzo.models.backbones.Backbones;
import terrazzo.models.heads.Heads;
import terrazzo.models.losses.Losses;
import terrazzo.models.necks.Necks;
import terrazzo.models.segmentors.Segmentors;

/// The parts that come with the engine.
public final class StandardParts {

    private StandardParts() {}

    public static Parts parts() {
        return new Parts(
                Segmentors.registry(),
                Backbones.registry(),
                Necks.registry(),
                Heads.registry(),
                Losses.registry(),
                Losses.samplers());
    }
}
