package example;

import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.data.transforms.Transform;

/// Takes a colour cast away: scales each channel so that all have the same mean.
///
/// - reads/writes `img` u8; draws nothing
///
/// @param strength 0 leaves the image as it is, 1 makes the means equal
record GreyWorld(double strength) implements Transform {

    static GreyWorld read(ConfigNode c) {
        double strength = c.number("strength", 1);
        if (strength < 0 || strength > 1) {
            throw c.error("strength", "0 to 1", String.valueOf(strength), "");
        }
        return new GreyWorld(strength);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img.Bytes img = results.requireBytes("GreyWorld");
        byte[] in = img.values();
        int channels = img.channels();
        double[] means = means(in, channels);
        double grey = 0;
        for (double mean : means) {
            grey += mean / channels;
        }
        byte[] out = new byte[in.length];
        for (int i = 0; i < in.length; i++) {
            double factor = 1 + strength * (grey / Math.max(1, means[i % channels]) - 1);
            out[i] = (byte) Math.clamp(Math.round((in[i] & 0xFF) * factor), 0, 255);
        }
        return results.withImg(new Img.Bytes(img.size(), channels, out));
    }

    private static double[] means(byte[] values, int channels) {
        double[] means = new double[channels];
        for (int i = 0; i < values.length; i++) {
            means[i % channels] += (values[i] & 0xFF) * (double) channels / values.length;
        }
        return means;
    }
}
