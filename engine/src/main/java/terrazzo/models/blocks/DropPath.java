package terrazzo.models.blocks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.nn.Layer;

/// Drops a residual branch for whole samples in training ([stochastic depth](https://arxiv.org/abs/1603.09382)); what
/// stays is scaled up so that the mean stays.
public final class DropPath extends Layer {

    private final double rate;

    /// @param rate probability of dropping, 0 to below 1
    public DropPath(double rate) {
        this.rate = rate;
    }

    /// Rates that grow evenly from 0 to `rate` over so many blocks.
    public static List<Double> rates(double rate, int blocks) {
        return IntStream.range(0, blocks)
                .mapToObj(i -> blocks == 1 ? 0.0 : rate * i / (blocks - 1))
                .toList();
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (!isTraining(x) || rate == 0) {
            return x;
        }
        List<Dim> perSample = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ONE));
        perSample.set(0, x.dim(0));
        double keep = 1 - rate;
        Tensor kept = x.uniform(new Shape(perSample)).add(keep).unary(UnaryKind.FLOOR); // 0 or 1 per sample
        return x.mul(kept.div(keep));
    }
}
