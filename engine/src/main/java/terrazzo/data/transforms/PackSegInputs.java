package terrazzo.data.transforms;

import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Ends a pipeline: checks that there is an image to hand to the model. The sample keeps all of its meta, whichever
/// `meta_keys` a config lists; [Results#toDataSample()] is what the reference packs.
public record PackSegInputs() implements Transform {

    static PackSegInputs read(ConfigNode c) {
        c.ignoring("meta_keys");
        return new PackSegInputs();
    }

    @Override
    public Results apply(Results results, Draws draws) {
        results.requireImg("PackSegInputs");
        return results;
    }
}
