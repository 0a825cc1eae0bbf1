package terrazzo.data.transforms;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Scale;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Resizes to a random scale: a base scale times a ratio, or sides between two scales.
///
/// - reads/writes what [Resize] does
/// - draws one ratio for both sides; or the width, then the height
///
/// @param low base scale, or the smaller end of the range
/// @param high the larger end of the range; empty when `ratios` count
/// @param ratios smallest and largest ratio; empty when there are two scales
/// @param resize how to resize to the scale chosen
public record RandomResize(Scale low, Optional<Scale> high, List<Double> ratios, Resize resize) implements Transform {

    public RandomResize {
        ratios = List.copyOf(ratios);
    }

    static RandomResize read(ConfigNode c) { // defaults: mmcv 2.0.0rc1
        List<Scale> scales = Scales.list(c, "scale");
        List<Double> ratios = c.numbers("ratio_range", List.of());
        String type = c.string("resize_type", "Resize");
        if (!type.equals("Resize")) {
            throw c.error("resize_type", "'Resize'", "'" + type + "'", "");
        }
        if (scales.size() > 2) {
            throw c.error("scale", "one scale or two", scales.size() + " scales", "RandomChoiceResize takes more");
        }
        boolean range = scales.size() == 2;
        if (!range && (ratios.size() != 2 || ratios.getFirst() > ratios.getLast())) {
            throw c.error("ratio_range", "(smallest, largest)", ratios.toString(), "");
        }
        Resize resize = Resize.readWith(new Resize.ToScale(scales.getFirst()), c);
        return new RandomResize(
                scales.getFirst(), range ? Optional.of(scales.getLast()) : Optional.empty(), ratios, resize);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        return resize.to(choose(draws)).apply(results, draws);
    }

    private Scale choose(Draws draws) {
        if (high.isPresent()) {
            Scale other = high.get();
            int width = between(low.width(), other.width(), draws);
            return new Scale(width, between(low.height(), other.height(), draws));
        }
        double ratio = draws.unit() * (ratios.getLast() - ratios.getFirst()) + ratios.getFirst();
        return new Scale((int) (low.width() * ratio), (int) (low.height() * ratio));
    }

    private static int between(int a, int b, Draws draws) {
        return draws.integer(Math.min(a, b), Math.max(a, b) + 1);
    }
}
