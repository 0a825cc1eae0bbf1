package terrazzo.data.transforms;

import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Changes brightness, contrast, saturation and hue, each with probability one half.
///
/// - reads/writes `img` u8 BGR
/// - draws: brightness or not, and if so how much; contrast first (1) or last (0); then, each with "or not" and if so
///   how much: contrast if first, saturation, hue, contrast if last
///
/// @param brightnessDelta largest change of grey level
/// @param contrastRange smallest and largest factor
/// @param saturationRange smallest and largest factor
/// @param hueDelta largest change of hue, in units of 2°
public record PhotoMetricDistortion(
        double brightnessDelta, List<Double> contrastRange, List<Double> saturationRange, int hueDelta)
        implements Transform {

    /// OpenCV's hue of 8 bits is in units of 2°.
    private static final int HUES = 180;

    public PhotoMetricDistortion {
        contrastRange = List.copyOf(contrastRange);
        saturationRange = List.copyOf(saturationRange);
    }

    static PhotoMetricDistortion read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        return new PhotoMetricDistortion(
                c.number("brightness_delta", 32),
                range(c, "contrast_range"),
                range(c, "saturation_range"),
                c.integer("hue_delta", 18));
    }

    private static List<Double> range(ConfigNode c, String key) {
        List<Double> range = c.numbers(key, List.of(0.5, 1.5));
        if (range.size() != 2) {
            throw c.error(key, "(smallest, largest)", range.toString(), "");
        }
        return range;
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img.Bytes current = results.requireBytes("PhotoMetricDistortion");
        if (draws.integer(0, 2) == 1) {
            current = scale(current, 1, draws.uniform(-brightnessDelta, brightnessDelta));
        }
        boolean contrastFirst = draws.integer(0, 2) == 1;
        if (contrastFirst) {
            current = contrast(current, draws);
        }
        current = saturation(current, draws);
        current = hue(current, draws);
        if (!contrastFirst) {
            current = contrast(current, draws);
        }
        return results.withImg(current);
    }

    private Img.Bytes contrast(Img.Bytes img, Draws draws) {
        return draws.integer(0, 2) == 1 ? scale(img, uniform(contrastRange, draws), 0) : img;
    }

    private Img.Bytes saturation(Img.Bytes img, Draws draws) {
        if (draws.integer(0, 2) == 0) {
            return img;
        }
        byte[] hsv = converted(img, opencv_imgproc.COLOR_BGR2HSV).values();
        float alpha = (float) uniform(saturationRange, draws);
        for (int i = 1; i < hsv.length; i += 3) {
            hsv[i] = clipped((hsv[i] & 0xFF) * alpha);
        }
        return converted(new Img.Bytes(img.size(), 3, hsv), opencv_imgproc.COLOR_HSV2BGR);
    }

    private Img.Bytes hue(Img.Bytes img, Draws draws) {
        if (draws.integer(0, 2) == 0) {
            return img;
        }
        byte[] hsv = converted(img, opencv_imgproc.COLOR_BGR2HSV).values();
        int turn = draws.integer(-hueDelta, hueDelta);
        for (int i = 0; i < hsv.length; i += 3) {
            hsv[i] = (byte) Math.floorMod((hsv[i] & 0xFF) + turn, HUES);
        }
        return converted(new Img.Bytes(img.size(), 3, hsv), opencv_imgproc.COLOR_HSV2BGR);
    }

    private static double uniform(List<Double> range, Draws draws) {
        return draws.uniform(range.getFirst(), range.getLast());
    }

    private static Img.Bytes converted(Img.Bytes img, int code) {
        MatOp op = (in, out) -> opencv_imgproc.cvtColor(in, out, code);
        return (Img.Bytes) op.on(img);
    }

    /// `img * alpha + beta` in 32 bits, clipped, cut off to whole grey levels.
    private static Img.Bytes scale(Img.Bytes img, double alpha, double beta) {
        byte[] out = new byte[img.values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = clipped((img.values()[i] & 0xFF) * (float) alpha + (float) beta);
        }
        return new Img.Bytes(img.size(), img.channels(), out);
    }

    private static byte clipped(float value) {
        return (byte) (int) Math.clamp(value, 0f, 255f);
    }
}
