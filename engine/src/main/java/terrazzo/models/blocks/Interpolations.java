package terrazzo.models.blocks;

import terrazzo.config.ConfigNode;
import terrazzo.graph.ir.ResizeOp.Interpolation;

/// Interpolations by the names that configs use.
public final class Interpolations {

    private Interpolations() {}

    /// Reads the interpolation under `key`, by default bilinear.
    public static Interpolation read(ConfigNode c, String key) {
        String name = c.string(key, "bilinear");
        return switch (name) {
            case "nearest" -> Interpolation.NEAREST;
            case "bilinear" -> Interpolation.BILINEAR;
            case "bicubic" -> Interpolation.BICUBIC;
            default -> throw c.error(key, "'nearest', 'bilinear' or 'bicubic'", "'" + name + "'", "");
        };
    }
}
