package terrazzo.data.transforms;

import java.util.Locale;
import org.bytedeco.opencv.global.opencv_imgproc;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Img;

/// How OpenCV fills in pixels when an image changes its size; constants are named as in configs.
public enum Interpolation {
    NEAREST(opencv_imgproc.INTER_NEAREST),
    BILINEAR(opencv_imgproc.INTER_LINEAR),
    BICUBIC(opencv_imgproc.INTER_CUBIC),
    AREA(opencv_imgproc.INTER_AREA),
    LANCZOS(opencv_imgproc.INTER_LANCZOS4);

    private final int code;

    Interpolation(int code) {
        this.code = code;
    }

    static Interpolation read(ConfigNode c) {
        String name = c.string("interpolation", "bilinear");
        for (Interpolation candidate : values()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(name)) {
                return candidate;
            }
        }
        throw c.error("interpolation", "nearest, bilinear, bicubic, area or lanczos", "'" + name + "'", "");
    }

    int code() {
        return code;
    }

    /// The image at another size.
    Img resize(Img img, Size size) {
        return op(size).on(img);
    }

    /// The label map at another size; only [#NEAREST] makes sense.
    LabelMap resize(LabelMap labels, Size size) {
        return op(size).on(labels);
    }

    private MatOp op(Size size) {
        return (in, out) -> {
            try (var target = new org.bytedeco.opencv.opencv_core.Size(size.width(), size.height())) {
                opencv_imgproc.resize(in, out, target, 0, 0, code);
            }
        };
    }
}
