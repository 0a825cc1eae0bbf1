package terrazzo.data.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.opencv.global.opencv_core;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.FlipDirection;
import terrazzo.data.sample.Results;

/// Mirrors image and label map in one of several directions, or not at all.
///
/// - reads/writes `img`, `gtSegMap`; writes `flip`
/// - draws one number: the direction, or none
///
/// @param directions to choose from
/// @param probabilities of each direction; what is missing to 1 is for no flip
public record RandomFlip(List<FlipDirection> directions, List<Double> probabilities) implements Transform {

    public RandomFlip {
        directions = List.copyOf(directions);
        probabilities = List.copyOf(probabilities);
    }

    /// Always flips in one direction.
    static RandomFlip always(FlipDirection direction) {
        return new RandomFlip(List.of(direction), List.of(1.0));
    }

    static RandomFlip read(ConfigNode c) { // defaults: mmcv 2.0.0rc1
        List<FlipDirection> directions = c.strings("direction", List.of("horizontal")).stream()
                .map(name -> direction(c, "direction", name))
                .toList();
        // flip_ratio is how 0.x once wrote it.
        String key = c.has("flip_ratio") && !c.has("prob") ? "flip_ratio" : "prob";
        List<Double> given = c.numbers(key);
        List<Double> each = given;
        if (!c.isList(key)) {
            double share = given.getFirst() / directions.size();
            each = directions.stream().map(_ -> share).toList();
        }
        double total = each.stream().mapToDouble(p -> p).sum();
        if (each.size() != directions.size()
                || total > 1 + 1e-9
                || each.stream().anyMatch(p -> p < 0)) {
            throw c.error(key, "one probability per direction, at most 1 together", given.toString(), "");
        }
        return new RandomFlip(directions, each);
    }

    static FlipDirection direction(ConfigNode c, String key, String name) {
        for (FlipDirection candidate : FlipDirection.values()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(name)) {
                return candidate;
            }
        }
        throw c.error(key, "horizontal, vertical or diagonal", "'" + name + "'", "");
    }

    @Override
    public Results apply(Results results, Draws draws) {
        List<Double> all = new ArrayList<>(probabilities);
        all.add(Math.max(0, 1 - probabilities.stream().mapToDouble(p -> p).sum()));
        int chosen = draws.choice(all);
        return chosen == directions.size()
                ? results.withMeta(results.meta().withFlip(null))
                : flip(results, directions.get(chosen));
    }

    private static Results flip(Results results, FlipDirection direction) {
        int code = switch (direction) { // OpenCV's: 0 about the x axis, 1 about the y axis, -1 about both
            case HORIZONTAL -> 1;
            case VERTICAL -> 0;
            case DIAGONAL -> -1;
        };
        MatOp op = (in, out) -> opencv_core.flip(in, out, code);
        Results flipped = results.withImg(op.on(results.requireImg("RandomFlip")))
                .withMeta(results.meta().withFlip(direction));
        return results.gtSegMap() == null ? flipped : flipped.withGtSegMap(op.on(results.gtSegMap()));
    }
}
