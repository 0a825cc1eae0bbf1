package terrazzo.data.transforms;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.core.Scale;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Resizes to one of several scales, each as likely as the others.
///
/// - reads/writes what [Resize] does
/// - draws the index of the scale
///
/// @param scales to choose from
/// @param resize how to resize to the scale chosen
public record RandomChoiceResize(List<Scale> scales, Resize resize) implements Transform {

    public RandomChoiceResize {
        scales = List.copyOf(scales);
    }

    static RandomChoiceResize read(ConfigNode c) { // defaults: mmcv 2.0.0rc1
        List<Scale> scales = Scales.list(c, "scales");
        String type = c.string("resize_type", "Resize");
        if (!type.equals("Resize")) {
            throw c.error("resize_type", "'Resize'", "'" + type + "'", "");
        }
        return new RandomChoiceResize(scales, Resize.readWith(new Resize.ToScale(scales.getFirst()), c));
    }

    @Override
    public Results apply(Results results, Draws draws) {
        return resize.to(scales.get(draws.integer(0, scales.size()))).apply(results, draws);
    }
}
