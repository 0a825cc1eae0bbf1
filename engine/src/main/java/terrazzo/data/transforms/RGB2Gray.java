package terrazzo.data.transforms;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Replaces channels by their weighted sum.
///
/// - reads `img` `[H, W, C]`; writes `img` float32 `[H, W, outChannels]`, all channels equal
/// - weights meet channels in the order in which they lie in memory (blue first), as in the reference
///
/// @param outChannels how many equal channels to write; 0 for as many as there are weights
/// @param weights one per channel
public record RGB2Gray(int outChannels, List<Double> weights) implements Transform {

    public RGB2Gray {
        weights = List.copyOf(weights);
    }

    static RGB2Gray read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        List<Double> weights = c.numbers("weights", List.of(0.299, 0.587, 0.114));
        int channels = c.integer("out_channels", 0);
        if (c.has("out_channels") && channels < 1) {
            throw c.error("out_channels", "1 or more", String.valueOf(channels), "");
        }
        return new RGB2Gray(channels, weights);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.requireChannels("RGB2Gray", weights.size());
        int channels = img.channels();
        float[] in = img.asFloats();
        int copies = outChannels == 0 ? channels : outChannels;
        float[] out = new float[Math.toIntExact(img.size().area() * copies)];
        for (int pixel = 0; pixel < in.length / channels; pixel++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += in[pixel * channels + c] * weights.get(c);
            }
            for (int c = 0; c < copies; c++) {
                out[pixel * copies + c] = (float) sum;
            }
        }
        return results.withResizedImg(new Img.Floats(img.size(), copies, out));
    }
}
