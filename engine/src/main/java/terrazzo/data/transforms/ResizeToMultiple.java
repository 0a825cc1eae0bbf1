package terrazzo.data.transforms;

import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Enlarges image and label map until both sides are multiples of a number.
///
/// - reads/writes `img` and `gtSegMap` (nearest); writes `imgShape`, `padShape`
///
/// @param sizeDivisor that sides become multiples of
/// @param interpolation of the image
public record ResizeToMultiple(int sizeDivisor, Interpolation interpolation) implements Transform {

    static ResizeToMultiple read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        int divisor = c.integer("size_divisor", 32);
        if (divisor < 1) {
            throw c.error("size_divisor", "1 or more", String.valueOf(divisor), "");
        }
        return new ResizeToMultiple(divisor, Interpolation.read(c));
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Size target = upTo(results.requireImg("ResizeToMultiple").size());
        Results resized = results.withResizedImg(interpolation.resize(results.requireImg("ResizeToMultiple"), target));
        resized = resized.withMeta(resized.meta().withPadShape(target));
        return results.gtSegMap() == null
                ? resized
                : resized.withGtSegMap(Interpolation.NEAREST.resize(
                        results.gtSegMap(), upTo(results.gtSegMap().size())));
    }

    private Size upTo(Size old) {
        return new Size(
                Math.ceilDiv(old.height(), sizeDivisor) * sizeDivisor,
                Math.ceilDiv(old.width(), sizeDivisor) * sizeDivisor);
    }
}
