package terrazzo.data.transforms;

import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// The steps with which 0.x pipelines end (`ImageToTensor`, `ToTensor`, `DefaultFormatBundle`, `Collect`): here the
/// model
/// takes samples as they are, so there is nothing left to format.
///
/// @param name registered name
public record LegacyFormat(String name) implements Transform {

    static LegacyFormat read(ConfigNode c) {
        c.ignoring("keys", "meta_keys");
        return new LegacyFormat(c.type());
    }

    @Override
    public Results apply(Results results, Draws draws) {
        results.requireImg(name);
        return results;
    }
}
