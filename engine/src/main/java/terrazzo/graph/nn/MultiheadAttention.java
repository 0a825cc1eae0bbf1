package terrazzo.graph.nn;

import java.util.Optional;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.MatrixOp;

/// Attention of several heads ([paper](https://arxiv.org/abs/1706.03762)), with the projections of queries, keys and
/// values in one matrix as PyTorch keeps them.
///
/// - in: queries `[N, L, D]`; keys, which are the values too, `[N, S, D]`
/// - out: `[N, L, D]`
public final class MultiheadAttention extends Module {

    private final int width;
    private final int heads;
    private final double dropout;
    private final Parameter inProjWeight;
    private final Optional<Parameter> inProjBias;
    private final Linear outProj;

    /// @param width D, a multiple of `heads`
    /// @param bias whether the projections have biases
    /// @param dropout probability of dropping a weight of the attention in training
    public MultiheadAttention(int width, int heads, boolean bias, double dropout) {
        this.width = width;
        this.heads = heads;
        this.dropout = dropout;
        double bound = Math.sqrt(6.0 / (4.0 * width)); // Xavier over [3D, D]
        this.inProjWeight = parameter("in_proj_weight", new Init.Uniform(-bound, bound), 3L * width, width);
        this.inProjBias = bias ? Optional.of(parameter("in_proj_bias", Init.ZEROS, 3L * width)) : Optional.empty();
        this.outProj = child("out_proj", new Linear(width, width, bias));
        outProj.bias().ifPresent(b -> b.init(Init.ZEROS));
    }

    public Tensor call(Tensor queries, Tensor keys) {
        return traced(queries, () -> forward(queries, keys));
    }

    private Tensor forward(Tensor queries, Tensor keys) {
        Tensor q = split(project(queries, 0)); // [N, h, L, d]
        Tensor k = split(project(keys, 1)); // [N, h, S, d]
        Tensor v = split(project(keys, 2));
        double scale = 1 / Math.sqrt((double) Math.floorDiv(width, heads));
        Tensor y = q.trace().isTraining() && dropout > 0
                ? q.mul(scale)
                        .matmul(k.transpose(-2, -1))
                        .softmax(-1)
                        .dropout(dropout)
                        .matmul(v)
                : q.attend(k, v, scale);
        return outProj.call(y.permute(0, 2, 1, 3).reshape(queries.shape())); // [N, L, D]
    }

    /// The part of the common projection that gives queries (0), keys (1) or values (2).
    private Tensor project(Tensor x, int part) {
        long from = (long) part * width;
        Tensor weight = x.trace().weight(inProjWeight).slice(0, from, from + width);
        MatrixOp.Linear linear = new MatrixOp.Linear();
        return inProjBias.isPresent()
                ? x.apply(linear, weight, x.trace().weight(inProjBias.get()).slice(0, from, from + width))
                : x.apply(linear, weight);
    }

    private Tensor split(Tensor x) {
        return x.reshape(x.dim(0), x.dim(1), Dim.of(heads), Dim.of(width / heads))
                .permute(0, 2, 1, 3);
    }
}
