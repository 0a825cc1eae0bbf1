package terrazzo.data.transforms;

import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Spreads values so that the smallest becomes `minValue` and the largest `maxValue`.
///
/// - reads `img`; writes `img` float32
///
/// @param minValue what the smallest value becomes
/// @param maxValue what the largest value becomes
public record Rerange(double minValue, double maxValue) implements Transform {

    static Rerange read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        Rerange rerange = new Rerange(c.number("min_value", 0), c.number("max_value", 255));
        if (rerange.minValue >= rerange.maxValue) {
            throw c.error("min_value", "less than max_value", rerange.minValue + " and " + rerange.maxValue, "");
        }
        return rerange;
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.requireImg("Rerange");
        float[] in = img.asFloats();
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : in) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (!(low < high)) {
            throw new DatasetException(Complaint.at(results.meta().name())
                    .expected("an image with more than one value for Rerange")
                    .got("all pixels at " + low));
        }
        float[] out = new float[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = (float) (((double) in[i] - low) / ((double) high - low) * (maxValue - minValue) + minValue);
        }
        return results.withImg(new Img.Floats(img.size(), img.channels(), out));
    }
}
