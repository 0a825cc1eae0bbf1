package terrazzo.data.transforms;

import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Raises grey levels to the power `1 / gamma`.
///
/// - reads/writes `img` u8
///
/// @param gamma above 1 brightens, below 1 darkens
public record AdjustGamma(double gamma) implements Transform {

    static AdjustGamma read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        double gamma = c.number("gamma", 1);
        if (gamma <= 0) {
            throw c.error("gamma", "a number above 0", String.valueOf(gamma), "");
        }
        return new AdjustGamma(gamma);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (int) (Math.pow(i / 255.0, 1 / gamma) * 255);
        }
        Img.Bytes img = results.requireBytes("AdjustGamma");
        byte[] out = new byte[img.values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = table[img.values()[i] & 0xFF];
        }
        return results.withImg(new Img.Bytes(img.size(), img.channels(), out));
    }
}
