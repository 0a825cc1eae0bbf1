package terrazzo.train.init;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.nn.Module;

/// The catalogue of `init_cfg` types, with mmengine's meaning. Immutable; plugins add theirs with [#with].
public final class Initializers {

    /// Not a distribution: [ModelInit] loads a file.
    static final String PRETRAINED = "Pretrained";

    private final Map<String, Function<ConfigNode, Function<Shape, Init>>> readerByName;

    private Initializers(Map<String, Function<ConfigNode, Function<Shape, Init>>> readerByName) {
        this.readerByName = readerByName;
    }

    public static Initializers builtIn() {
        Map<String, Function<ConfigNode, Function<Shape, Init>>> m = new LinkedHashMap<>();
        m.put("Constant", c -> always(new Init.Constant(c.number("val"))));
        m.put("Normal", c -> always(new Init.Normal(c.number("mean", 0), c.number("std", 1))));
        m.put("TruncNormal", c -> always(truncated(c)));
        m.put("Uniform", c -> always(new Init.Uniform(c.number("a", 0), c.number("b", 1))));
        m.put("Xavier", Initializers::xavier);
        m.put("Kaiming", Initializers::kaiming);
        m.put(
                "Caffe2Xavier",
                _ -> shape -> new Spread(true, 1.0 / 3).over(Fans.of(shape).in()));
        return new Initializers(m);
    }

    /// This catalogue with one more type; one that is there already is replaced.
    ///
    /// @param reader gives the start of a weight for its shape, from the `init_cfg` dict
    public Initializers with(String name, Function<ConfigNode, Function<Shape, Init>> reader) {
        Map<String, Function<ConfigNode, Function<Shape, Init>>> more = new LinkedHashMap<>(readerByName);
        more.put(name, reader);
        return new Initializers(more);
    }

    public Set<String> names() {
        return Set.copyOf(readerByName.keySet());
    }

    /// The initializer that a dict describes.
    ///
    /// @throws ConfigException when `type` or a key is unknown or wrong
    Initializer read(ConfigNode c) {
        String type = c.type().replaceFirst("Init$", "");
        Function<ConfigNode, Function<Shape, Init>> reader = readerByName.get(type);
        if (reader == null) {
            throw c.error(
                    "type",
                    "an initializer",
                    "'" + c.type() + "'",
                    Nearest.suggestion(c.type(), readerByName.keySet()));
        }
        Function<Shape, Init> weight = reader.apply(c);
        double bias = c.has("bias_prob") ? -Math.log(1 / c.number("bias_prob") - 1) : c.number("bias", 0);
        c.done();
        return new Initializer() {
            @Override
            public Init weight(Module layer) {
                return weight.apply(layer.ownParameter("weight").orElseThrow().shape());
            }

            @Override
            public double bias() {
                return bias;
            }
        };
    }

    private static Function<Shape, Init> always(Init init) {
        return _ -> init;
    }

    private static Init truncated(ConfigNode c) {
        return new Init.TruncatedNormal(c.number("mean", 0), c.number("std", 1), c.number("a", -2), c.number("b", 2));
    }

    private static Function<Shape, Init> xavier(ConfigNode c) {
        double gain = c.number("gain", 1);
        boolean uniform = isUniform(c);
        return shape -> {
            Fans fans = Fans.of(shape);
            return new Spread(uniform, gain * gain).over((fans.in + fans.out) / 2.0);
        };
    }

    private static Function<Shape, Init> kaiming(ConfigNode c) {
        double slope = c.number("a", 0);
        String mode = c.string("mode", "fan_out");
        if (!mode.equals("fan_in") && !mode.equals("fan_out")) {
            throw c.error("mode", "'fan_in' or 'fan_out'", "'" + mode + "'", "");
        }
        double gain = gain(c, slope);
        boolean uniform = isUniform(c);
        return shape -> {
            Fans fans = Fans.of(shape);
            return new Spread(uniform, gain * gain).over(mode.equals("fan_in") ? fans.in : fans.out);
        };
    }

    /// PyTorch's `calculate_gain`.
    private static double gain(ConfigNode c, double slope) {
        String name = c.string("nonlinearity", "relu");
        return switch (name) {
            case "relu" -> Math.sqrt(2);
            case "leaky_relu" -> Math.sqrt(2 / (1 + slope * slope));
            case "tanh" -> 5.0 / 3;
            case "selu" -> 0.75;
            case "linear", "sigmoid", "conv1d", "conv2d", "conv3d" -> 1;
            default -> throw c.error("nonlinearity", "a function that PyTorch has a gain for", "'" + name + "'", "");
        };
    }

    private static boolean isUniform(ConfigNode c) {
        String distribution = c.string("distribution", "normal");
        if (!distribution.equals("normal") && !distribution.equals("uniform")) {
            throw c.error("distribution", "'normal' or 'uniform'", "'" + distribution + "'", "");
        }
        return distribution.equals("uniform");
    }

    /// Numbers that one output depends on, and that depend on one input.
    private record Fans(double in, double out) {

        static Fans of(Shape weight) {
            if (weight.rank() < 2) {
                throw new IllegalArgumentException("a vector has no fans");
            }
            long[] sizes = weight.toLongs();
            double receptive = 1;
            for (int i = 2; i < sizes.length; i++) {
                receptive *= (double) sizes[i];
            }
            return new Fans((double) sizes[1] * receptive, (double) sizes[0] * receptive);
        }
    }

    /// @param variance times the fan
    private record Spread(boolean uniform, double variance) {

        Init over(double fan) {
            double std = Math.sqrt(variance / fan);
            double bound = Math.sqrt(3) * std;
            return uniform ? new Init.Uniform(-bound, bound) : new Init.Normal(0, std);
        }
    }
}
