package terrazzo.models.blocks;

import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.nn.BatchNorm;
import terrazzo.graph.nn.GroupNorm;
import terrazzo.graph.nn.InstanceNorm;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.LayerNorm;

/// A normalisation as `norm_cfg` describes it.
///
/// @param kind which one
/// @param eps added to the variance
/// @param momentum weight of a batch in running statistics
/// @param groups groups of channels, for group norm only
/// @param trainable whether the optimizer moves its parameters (`requires_grad`)
public record NormSpec(Kind kind, double eps, double momentum, int groups, boolean trainable) {

    /// The norms that configs name, with the abbreviation that state-dict keys use.
    public enum Kind {
        BN("bn"),
        GN("gn"),
        LN("ln"),
        IN("in");

        private final String abbreviation;

        Kind(String abbreviation) {
            this.abbreviation = abbreviation;
        }

        public String abbreviation() {
            return abbreviation;
        }
    }

    /// Batch norm with PyTorch's defaults.
    public static NormSpec batchNorm() {
        return new NormSpec(Kind.BN, 1e-5, 0.1, 1, true);
    }

    /// Layer norm with PyTorch's defaults.
    public static NormSpec layerNorm() {
        return new NormSpec(Kind.LN, 1e-5, 0.1, 1, true);
    }

    /// The same norm with another epsilon.
    public NormSpec withEps(double other) {
        return new NormSpec(kind, other, momentum, groups, trainable);
    }

    /// Reads a `norm_cfg`. On one machine `SyncBN` is `BN`.
    public static NormSpec read(ConfigNode c) {
        Kind kind = switch (c.type()) {
            case "BN", "BN2d", "BN1d", "SyncBN", "MMSyncBN", "NaiveSyncBN" -> Kind.BN;
            case "GN" -> Kind.GN;
            case "LN" -> Kind.LN;
            case "IN", "IN2d" -> Kind.IN;
            default -> throw c.error("type", "BN, SyncBN, GN, LN or IN", "'" + c.type() + "'", "");
        };
        int groups = kind == Kind.GN ? c.integer("num_groups") : 1;
        NormSpec spec = new NormSpec(
                kind, c.number("eps", 1e-5), c.number("momentum", 0.1), groups, c.bool("requires_grad", true));
        c.done();
        return spec;
    }

    /// Reads `norm_cfg` of a part, or empty when there is none.
    public static Optional<NormSpec> find(ConfigNode part) {
        return part.optionalNode("norm_cfg").map(NormSpec::read);
    }

    /// Reads `norm_cfg` of a part, or batch norm when there is none.
    public static NormSpec orBatchNorm(ConfigNode part) {
        return find(part).orElseGet(NormSpec::batchNorm);
    }

    /// The layer for so many channels.
    public Layer build(int channels) {
        Layer layer = switch (kind) {
            case BN -> new BatchNorm(channels, momentum, eps);
            case GN -> new GroupNorm(groups, channels, eps);
            case LN -> new LayerNorm(channels, eps);
            case IN -> new InstanceNorm(eps);
        };
        if (!trainable) {
            layer.freeze();
        }
        return layer;
    }

    /// The name of the n-th norm of a block in state-dict keys: `bn1`, `gn2`.
    public String name(int number) {
        return kind.abbreviation + number;
    }
}
