package terrazzo.data.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Scale;

/// Reads the older way to write test-time augmentation: some scales, each plain and flipped. Both spellings are read,
/// mmcv's (`scales`, `allow_flip`, with its own resize and flip) and that of 0.x (`img_scale`, `img_ratios`, `flip`,
/// where `Resize` and `RandomFlip` stand among the inner steps and are told what to do).
final class MultiScaleFlipAug {

    private final ConfigNode settings;
    private final Transforms catalogue;

    private MultiScaleFlipAug(ConfigNode settings, Transforms catalogue) {
        this.settings = settings;
        this.catalogue = catalogue;
    }

    static TestTimeAug read(ConfigNode c, Transforms catalogue) { // defaults: mmcv 2.0.0rc1, mmseg 0.30
        MultiScaleFlipAug aug = new MultiScaleFlipAug(c, catalogue);
        boolean old = Stream.of("img_scale", "img_ratios", "flip").anyMatch(c.keys()::contains);
        return old ? aug.legacy() : aug.current();
    }

    private TestTimeAug current() {
        List<Value> targets = new ArrayList<>();
        String key = settings.has("scales") ? "scale" : "scale_factor";
        if (settings.has("scales")) {
            Scales.list(settings, "scales").forEach(s -> targets.add(pair(s)));
        } else {
            settings.numbers("scale_factor", List.of(1.0)).forEach(f -> targets.add(new Value.Real(f)));
        }
        List<String> directions = directions(settings.bool("allow_flip", false));
        ConfigNode resize = settings.optionalNode("resize_cfg")
                .orElse(settings.with("type", new Value.Str("Resize")).with("keep_ratio", new Value.Bool(true)));
        List<ConfigNode> inner = settings.nodes("transforms");
        List<Pipeline> views = new ArrayList<>();
        for (Value target : targets) {
            for (String direction : directions) {
                List<Transform> steps = new ArrayList<>();
                steps.add(resizeTo(resize, key, target));
                if (!direction.isEmpty()) {
                    steps.add(RandomFlip.always(RandomFlip.direction(settings, "flip_direction", direction)));
                }
                inner.forEach(step -> steps.add(catalogue.build(step)));
                views.add(new Pipeline(steps));
            }
        }
        settings.ignoring("flip_cfg");
        return new TestTimeAug(views);
    }

    private static Resize resizeTo(ConfigNode resize, String key, Value target) {
        ConfigNode plain = ConfigNode.root(
                Value.DictValue.of(Map.of(
                        "keep_ratio", new Value.Bool(resize.bool("keep_ratio", false)),
                        "interpolation", new Value.Str(resize.string("interpolation", "bilinear")))),
                resize.path());
        return Resize.read(plain.with(key, target));
    }

    private TestTimeAug legacy() {
        List<Value> targets = new ArrayList<>();
        List<Double> ratios = settings.numbers("img_ratios", List.of());
        String key = settings.has("img_scale") ? "scale" : "scale_factor";
        if (settings.has("img_scale")) {
            for (Scale scale : Scales.list(settings, "img_scale")) {
                for (double ratio : ratios.isEmpty() ? List.of(1.0) : ratios) {
                    targets.add(pair(new Scale((int) (scale.width() * ratio), (int) (scale.height() * ratio))));
                }
            }
        } else {
            (ratios.isEmpty() ? List.of(1.0) : ratios).forEach(r -> targets.add(new Value.Real(r)));
        }
        List<String> directions = directions(settings.bool("flip", false));
        List<ConfigNode> inner = settings.nodes("transforms");
        List<Pipeline> views = new ArrayList<>();
        for (Value target : targets) {
            for (String direction : directions) {
                views.add(catalogue.pipeline(inner.stream()
                        .map(step -> told(step, key, target, direction))
                        .toList()));
            }
        }
        return new TestTimeAug(views);
    }

    /// An inner step of 0.x with scale and flip filled in.
    private static ConfigNode told(ConfigNode step, String key, Value target, String direction) {
        return switch (step.type()) {
            case "Resize" -> {
                ConfigNode resize = step.with(key, target);
                yield step.has("keep_ratio") ? resize : resize.with("keep_ratio", new Value.Bool(true));
            }
            case "RandomFlip" -> {
                boolean flip = !direction.isEmpty();
                yield step.with("prob", new Value.Real(flip ? 1 : 0))
                        .with("direction", new Value.Str(flip ? direction : "horizontal"));
            }
            default -> step;
        };
    }

    /// No flip, written as an empty name, and then each direction when flips are wanted.
    private List<String> directions(boolean flip) {
        List<String> all = new ArrayList<>(List.of(""));
        List<String> given = settings.strings("flip_direction", List.of("horizontal"));
        if (flip) {
            all.addAll(given);
        }
        return all;
    }

    private static Value pair(Scale scale) {
        return new Value.TupleValue(List.of(new Value.Int(scale.width()), new Value.Int(scale.height())));
    }
}
