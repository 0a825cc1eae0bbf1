package terrazzo.models.blocks;

import terrazzo.core.Size;
import terrazzo.graph.ir.PoolOp;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;

/// Pooling layers with square windows.
public final class Pools {

    private Pools() {}

    public static Layer max(int kernel, int stride, int padding) {
        PoolOp op = new PoolOp.MaxPool2d(square(kernel), square(stride), square(padding), false);
        return new Lambda(x -> x.apply(op));
    }

    /// The maximum over windows, of which the last one may be cut off by the edge.
    public static Layer maxCeil(int kernel, int stride, int padding) {
        PoolOp op = new PoolOp.MaxPool2d(square(kernel), square(stride), square(padding), true);
        return new Lambda(x -> x.apply(op));
    }

    /// The mean over windows, padding counted.
    public static Layer average(int kernel, int stride, int padding) {
        PoolOp op = new PoolOp.AvgPool2d(square(kernel), square(stride), square(padding), false, true);
        return new Lambda(x -> x.apply(op));
    }

    /// The mean over windows that do not overlap; the last one may be cut off by the edge.
    public static Layer averageDown(int stride) {
        PoolOp op = new PoolOp.AvgPool2d(square(stride), square(stride), square(0), true, false);
        return new Lambda(x -> x.apply(op));
    }

    private static Size square(int pixels) {
        return new Size(pixels, pixels);
    }
}
