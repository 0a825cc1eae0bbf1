package terrazzo.data.transforms;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Scalar;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Scale;
import terrazzo.core.Size;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Adds pixels at the right and the bottom until image and label map have a size.
///
/// - reads/writes `img` and `gtSegMap`; writes `padShape`, `imgShape`
///
/// @param target the size to reach; an image that is larger stays as it is
/// @param fill what the new pixels are
/// @param border OpenCV's border type
public record Pad(Target target, Fill fill, int border) implements Transform {

    private static final Map<String, Integer> BORDERS = Map.of(
            "constant", opencv_core.BORDER_CONSTANT,
            "edge", opencv_core.BORDER_REPLICATE,
            "reflect", opencv_core.BORDER_REFLECT_101,
            "symmetric", opencv_core.BORDER_REFLECT);

    /// The size to reach.
    ///
    /// @param size fixed size; empty for the image's own
    /// @param divisor both sides become multiples of it; empty for no such demand
    /// @param square whether the longer side counts for both
    public record Target(Optional<Scale> size, OptionalInt divisor, boolean square) {

        Size sizeFor(Size old) {
            Size wanted = size.map(Scale::toSize).orElse(old);
            if (square) {
                int side = Math.max(wanted.height(), wanted.width());
                wanted = new Size(side, side);
            }
            if (divisor.isPresent()) {
                wanted = new Size(upTo(wanted.height()), upTo(wanted.width()));
            }
            return new Size(Math.max(old.height(), wanted.height()), Math.max(old.width(), wanted.width()));
        }

        private int upTo(int side) {
            return Math.ceilDiv(side, divisor.orElseThrow()) * divisor.orElseThrow();
        }
    }

    /// What new pixels are.
    ///
    /// @param img one value for all channels or one for each, in the image's channel order
    /// @param seg class index, usually the ignored one
    public record Fill(List<Double> img, int seg) {
        public Fill {
            img = List.copyOf(img);
        }
    }

    static Pad read(ConfigNode c) { // defaults: mmcv 2.0.0rc1
        Optional<Scale> size = Scales.optional(c, "size");
        OptionalInt divisor = c.has("size_divisor") ? OptionalInt.of(c.integer("size_divisor")) : OptionalInt.empty();
        boolean square = c.bool("pad_to_square", false);
        if (divisor.isPresent() && divisor.getAsInt() < 1) {
            throw c.error("size_divisor", "1 or more", String.valueOf(divisor.getAsInt()), "");
        }
        if (size.isPresent() && (divisor.isPresent() || square)) {
            throw c.error("size", "either size, or size_divisor and pad_to_square", "both", "remove one");
        }
        if (size.isEmpty() && divisor.isEmpty() && !square) {
            throw c.error("size", "size=(width, height), size_divisor or pad_to_square", "none", "add one");
        }
        String mode = c.string("padding_mode", "constant");
        Integer border = BORDERS.get(mode);
        if (border == null) {
            throw c.error("padding_mode", "constant, edge, reflect or symmetric", "'" + mode + "'", "");
        }
        return new Pad(new Target(size, divisor, square), readFill(c), border);
    }

    private static Fill readFill(ConfigNode c) {
        // seg_pad_val is how 0.x writes it.
        int seg = c.integer("seg_pad_val", 255);
        if (c.find("pad_val").orElse(new Value.None()) instanceof Value.DictValue) {
            ConfigNode values = c.node("pad_val");
            Fill fill = new Fill(values.numbers("img", List.of(0.0)), values.integer("seg", seg));
            values.done();
            return fill;
        }
        return new Fill(c.numbers("pad_val", List.of(0.0)), seg);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.requireImg("Pad");
        Size size = target.sizeFor(img.size());
        Img padded = op(size, fill.img()).on(img);
        Results done = results.withResizedImg(padded);
        done = done.withMeta(done.meta().withPadShape(padded.size()));
        if (results.gtSegMap() == null) {
            return done;
        }
        return done.withGtSegMap(op(size, List.of((double) fill.seg())).on(results.gtSegMap()));
    }

    private MatOp op(Size size, List<Double> values) {
        return (in, out) -> {
            int bottom = Math.max(0, size.height() - in.rows());
            int right = Math.max(0, size.width() - in.cols());
            try (Scalar scalar = scalar(values)) {
                opencv_core.copyMakeBorder(in, out, 0, bottom, 0, right, border, scalar);
            }
        };
    }

    private static Scalar scalar(List<Double> values) {
        double first = values.getFirst();
        return values.size() == 1
                ? new Scalar(first, first, first, first)
                : new Scalar(first, values.get(1), values.size() > 2 ? values.get(2) : 0, 0);
    }
}
