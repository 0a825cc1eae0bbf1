package terrazzo.data.transforms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Fills rectangles at random places with one colour, and with one label if asked to
/// ([Cutout](https://arxiv.org/abs/1708.04552)).
///
/// - reads/writes `img` u8, and `gtSegMap` when `segFillIn` is given
/// - draws whether to cut; if so the number of holes, then per hole x, y and which extent
///
/// @param prob of cutting at all
/// @param holes smallest and largest number of holes
/// @param extents to choose from
/// @param fill what holes are filled with
public record RandomCutOut(double prob, List<Integer> holes, List<Extent> extents, Fill fill) implements Transform {

    /// Width and height of a hole, in pixels or as parts of the image's.
    public record Extent(double width, double height, boolean relative) {}

    /// @param img one value per channel
    /// @param seg label; empty to leave labels alone
    public record Fill(List<Integer> img, OptionalInt seg) {
        public Fill {
            img = List.copyOf(img);
        }
    }

    public RandomCutOut {
        holes = List.copyOf(holes);
        extents = List.copyOf(extents);
    }

    static RandomCutOut read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        double prob = c.number("prob");
        List<Integer> holes = c.ints("n_holes");
        if (prob < 0 || prob > 1) {
            throw c.error("prob", "a probability from 0 to 1", String.valueOf(prob), "");
        }
        if (holes.isEmpty() || holes.size() > 2 || holes.getFirst() < 0 || holes.getFirst() > holes.getLast()) {
            throw c.error("n_holes", "a number, or (smallest, largest)", holes.toString(), "");
        }
        if (c.has("cutout_shape") == c.has("cutout_ratio")) {
            throw c.error("cutout_shape", "either cutout_shape or cutout_ratio", "both or none", "");
        }
        boolean relative = c.has("cutout_ratio");
        OptionalInt seg = c.has("seg_fill_in") ? OptionalInt.of(c.integer("seg_fill_in")) : OptionalInt.empty();
        List<Integer> fill = c.ints("fill_in", List.of(0, 0, 0));
        return new RandomCutOut(
                prob,
                List.of(holes.getFirst(), holes.getLast()),
                extents(c, relative ? "cutout_ratio" : "cutout_shape", relative),
                new Fill(fill, seg));
    }

    private static List<Extent> extents(ConfigNode c, String key, boolean relative) {
        Value value = c.find(key).orElseThrow();
        // A list holds pairs; a tuple is a pair, unless it holds pairs itself (JSON knows no tuples).
        List<Value> items = switch (value) {
            case Value.ListValue(var v) -> v;
            case Value.TupleValue(var v) -> v;
            default -> List.of(value);
        };
        boolean nested = items.stream().anyMatch(v -> v instanceof Value.TupleValue || v instanceof Value.ListValue);
        List<Extent> extents = new ArrayList<>();
        for (Value item : nested ? items : List.of(value)) {
            List<Double> pair = c.with(key, item).numbers(key);
            if (pair.size() != 2) {
                throw c.error(key, "(width, height) or a list of them", item.brief(), "");
            }
            extents.add(new Extent(pair.getFirst(), pair.getLast(), relative));
        }
        return extents;
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img.Bytes img = results.requireBytes("RandomCutOut");
        if (draws.unit() >= prob) {
            return results;
        }
        byte[] pixels = img.values().clone();
        LabelMap labels = results.gtSegMap();
        byte[] indices = labels == null ? new byte[0] : labels.asBytes().clone();
        int count = draws.integer(holes.getFirst(), holes.getLast() + 1);
        for (int i = 0; i < count; i++) {
            Hole hole = hole(img, draws);
            for (int y = hole.top; y < hole.bottom; y++) {
                int from = y * img.width() + hole.left;
                int to = y * img.width() + hole.right;
                paint(pixels, from, to, img.channels());
                if (labels != null && fill.seg().isPresent()) {
                    Arrays.fill(indices, from, to, (byte) fill.seg().getAsInt());
                }
            }
        }
        return results.withImg(new Img.Bytes(img.size(), img.channels(), pixels))
                .withGtSegMap(labels == null ? null : new LabelMap(labels.size(), indices));
    }

    private record Hole(int left, int top, int right, int bottom) {}

    private Hole hole(Img img, Draws draws) {
        int x = draws.integer(0, img.width());
        int y = draws.integer(0, img.height());
        Extent extent = extents.get(draws.integer(0, extents.size()));
        int width = (int) (extent.relative ? extent.width * img.width() : extent.width);
        int height = (int) (extent.relative ? extent.height * img.height() : extent.height);
        return new Hole(x, y, Math.min(x + width, img.width()), Math.min(y + height, img.height()));
    }

    private void paint(byte[] pixels, int from, int to, int channels) {
        for (int i = from * channels; i < to * channels; i++) {
            pixels[i] = fill.img().get(i % channels % fill.img().size()).byteValue();
        }
    }
}
