package terrazzo.models.blocks;

import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.ir.PointwiseOp;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.PRelu;

/// An activation as `act_cfg` describes it.
@FunctionalInterface
public interface ActSpec {

    ActSpec RELU = of(UnaryKind.RELU);
    ActSpec RELU6 = of(UnaryKind.RELU6);
    ActSpec GELU = of(UnaryKind.GELU);
    ActSpec SIGMOID = of(UnaryKind.SIGMOID);

    /// The layer for features of so many channels.
    Layer build(int channels);

    static ActSpec of(UnaryKind kind) {
        return _ -> new Lambda(x -> x.unary(kind));
    }

    /// Reads an `act_cfg`.
    static ActSpec read(ConfigNode c) {
        ActSpec spec = switch (c.ignoring("inplace").type()) {
            case "ReLU" -> RELU;
            case "ReLU6" -> RELU6;
            case "GELU" -> GELU;
            case "Sigmoid" -> SIGMOID;
            case "Tanh" -> of(UnaryKind.TANH);
            case "HSwish" -> of(UnaryKind.HARDSWISH);
            case "SiLU", "Swish" -> of(UnaryKind.SILU);
            case "HSigmoid" -> hardSigmoid(c);
            case "LeakyReLU" -> {
                double slope = c.number("negative_slope", 0.01);
                yield _ -> new Lambda(x -> x.apply(new PointwiseOp.LeakyRelu(slope)));
            }
            case "ELU" -> {
                double alpha = c.number("alpha", 1);
                yield _ -> new Lambda(x -> x.apply(new PointwiseOp.Elu(alpha)));
            }
            case "PReLU" -> {
                int slopes = c.integer("num_parameters", 1);
                yield _ -> new PRelu(slopes);
            }
            default ->
                throw c.error(
                        "type",
                        "ReLU, ReLU6, LeakyReLU, PReLU, ELU, GELU, SiLU, HSwish, HSigmoid, Sigmoid or Tanh",
                        "'" + c.type() + "'",
                        "");
        };
        c.done();
        return spec;
    }

    /// mmcv's own: `clamp((x + bias) / divisor, min, max)`.
    private static ActSpec hardSigmoid(ConfigNode c) {
        double bias = c.number("bias", 3);
        double divisor = c.number("divisor", 6);
        double min = c.number("min_value", 0);
        double max = c.number("max_value", 1);
        return _ -> new Lambda(x -> x.add(bias).div(divisor).clamp(min, max));
    }

    /// Reads `act_cfg` of a part; ReLU when the key is absent, none when it says `None`.
    static Optional<ActSpec> find(ConfigNode part) {
        return find(part, RELU);
    }

    /// Reads `act_cfg` of a part; `otherwise` when the key is absent, none when it says `None`.
    static Optional<ActSpec> find(ConfigNode part, ActSpec otherwise) {
        if (!part.keys().contains("act_cfg")) {
            return Optional.of(otherwise);
        }
        return part.optionalNode("act_cfg").map(ActSpec::read);
    }
}
