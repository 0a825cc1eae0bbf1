package terrazzo.data.transforms;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Scale;
import terrazzo.core.Size;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.ScaleFactor;

/// Changes the size of image and label map, with rounding and interpolation as mmcv's OpenCV backend has them.
///
/// - reads/writes `img` and `gtSegMap` (always nearest); writes `imgShape`, `scaleFactor`, `keepRatio`
///
/// @param target what size is asked for
/// @param keepRatio whether the target is a frame to fill as far as possible, or the size itself
/// @param interpolation of the image
public record Resize(Target target, boolean keepRatio, Interpolation interpolation) implements Transform {

    /// A size asked for.
    public sealed interface Target {}

    /// So many pixels; with `keepRatio` the longer of both bounds the image's longer side, the shorter the shorter.
    public record ToScale(Scale scale) implements Target {}

    /// So many times the image's own size.
    public record ByFactor(ScaleFactor factor) implements Target {}

    static Resize read(ConfigNode c) { // defaults: mmcv 2.0.0rc1
        Optional<Scale> scale = Scales.optional(c, "scale");
        Optional<ScaleFactor> factor = c.has("scale_factor") ? Optional.of(factor(c)) : Optional.empty();
        if (scale.isEmpty() && factor.isEmpty()) {
            throw c.error("scale", "scale=(width, height) or scale_factor", "neither", "add one of them");
        }
        Target target = scale.isPresent() ? new ToScale(scale.get()) : new ByFactor(factor.orElseThrow());
        return readWith(target, c);
    }

    /// The settings of a resize whose target comes from elsewhere.
    static Resize readWith(Target target, ConfigNode c) {
        c.ignoring("clip_object_border");
        String backend = c.string("backend", "cv2");
        if (!backend.equals("cv2")) {
            throw c.error("backend", "'cv2'", "'" + backend + "'", "the others interpolate differently");
        }
        return new Resize(target, c.bool("keep_ratio", false), Interpolation.read(c));
    }

    private static ScaleFactor factor(ConfigNode c) {
        List<Double> factors = c.numbers("scale_factor");
        if (factors.isEmpty() || factors.size() > 2 || factors.stream().anyMatch(f -> !(f > 0))) {
            throw c.error("scale_factor", "one or two numbers above 0", factors.toString(), "");
        }
        return new ScaleFactor(factors.getFirst(), factors.getLast());
    }

    /// The same resize to another target.
    Resize to(Scale scale) {
        return new Resize(new ToScale(scale), keepRatio, interpolation);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.requireImg("Resize");
        Size size = sizeFor(img.size());
        Results resized = results.withResizedImg(interpolation.resize(img, size));
        ScaleFactor factor =
                new ScaleFactor((double) size.width() / img.width(), (double) size.height() / img.height());
        resized = resized.withMeta(resized.meta().withScaleFactor(factor, keepRatio));
        if (results.gtSegMap() == null) {
            return resized;
        }
        Size labels = sizeFor(results.gtSegMap().size());
        return resized.withGtSegMap(Interpolation.NEAREST.resize(results.gtSegMap(), labels));
    }

    /// The size that an image of `old` gets.
    public Size sizeFor(Size old) {
        Scale scale = switch (target) {
            case ToScale(var s) -> s;
            case ByFactor(var f) -> scaled(old, f.width(), f.height());
        };
        return keepRatio ? within(old, scale) : scale.toSize();
    }

    /// The largest size with the ratio of `old` whose sides are within the frame, whichever way round it lies.
    static Size within(Size old, Scale frame) {
        double longSide = (double) Math.max(frame.width(), frame.height()) / Math.max(old.height(), old.width());
        double shortSide = (double) Math.min(frame.width(), frame.height()) / Math.min(old.height(), old.width());
        double factor = Math.min(longSide, shortSide);
        return scaled(old, factor, factor).toSize();
    }

    /// Half a pixel rounds up: `int(x * factor + 0.5)`.
    private static Scale scaled(Size old, double width, double height) {
        return new Scale((int) (old.width() * width + 0.5), (int) (old.height() * height + 0.5));
    }
}
