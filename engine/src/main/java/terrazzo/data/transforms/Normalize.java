package terrazzo.data.transforms;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Subtracts a mean from each channel and divides by a deviation, in 32-bit floats as OpenCV does.
///
/// - reads `img` `[H, W, 3]` BGR; writes `img` float32, RGB when `toRgb`
///
/// @param mean per channel of the result
/// @param std per channel of the result, not 0
/// @param toRgb whether to turn the channels round first
public record Normalize(List<Double> mean, List<Double> std, boolean toRgb) implements Transform {

    public Normalize {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    static Normalize read(ConfigNode c) { // defaults: mmcv 2.0.0rc1
        List<Double> mean = c.numbers("mean");
        List<Double> std = c.numbers("std");
        if (mean.size() != std.size() || std.contains(0.0)) {
            throw c.error("std", mean.size() + " numbers other than 0", std.toString(), "");
        }
        return new Normalize(mean, std, c.bool("to_rgb", true));
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.requireChannels("Normalize", mean.size());
        int channels = img.channels();
        float[] in = img.asFloats();
        float[] out = new float[in.length];
        for (int c = 0; c < channels; c++) {
            int from = toRgb && channels == 3 ? 2 - c : c;
            float shift = mean.get(c).floatValue();
            float factor = (float) (1 / (double) std.get(c).floatValue());
            for (int i = 0; i < in.length; i += channels) {
                out[i + c] = (in[i + from] - shift) * factor;
            }
        }
        return results.withImg(new Img.Floats(img.size(), channels, out));
    }
}
