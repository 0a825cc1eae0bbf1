package terrazzo.models.blocks;

import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;

/// Attention of every pixel to those in its row and column ([CCNet](https://arxiv.org/abs/1811.11721)), added to the
/// input.
///
/// - in and out: `[N, C, H, W]`
public final class CrissCrossAttention extends Layer {

    private static final int REDUCTION = 8;

    private final Conv2d queryConv;
    private final Conv2d keyConv;
    private final Conv2d valueConv;
    private final Scale gamma;

    public CrissCrossAttention(int channels) {
        this.queryConv = child("query_conv", new Conv2d(ConvSpec.of(channels, channels / REDUCTION, 1)));
        this.keyConv = child("key_conv", new Conv2d(ConvSpec.of(channels, channels / REDUCTION, 1)));
        this.valueConv = child("value_conv", new Conv2d(ConvSpec.of(channels, channels, 1)));
        this.gamma = child("gamma", new Scale(0));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor q = queryConv.call(x);
        Tensor k = keyConv.call(x);
        Tensor v = valueConv.call(x);
        Dim h = x.dim(2);
        Dim w = x.dim(3);
        Tensor columns = q.permute(0, 3, 2, 1).matmul(k.permute(0, 3, 1, 2)); // [N, W, H, H]
        Tensor rows = q.permute(0, 2, 3, 1).matmul(k.permute(0, 2, 1, 3)); // [N, H, W, W]
        // a pixel sees itself in its row, so not again in its column
        Tensor never = x.full(Shape.of(1), Double.NEGATIVE_INFINITY, DType.FLOAT32);
        Tensor others = diagonal(x, h).where(never, columns).permute(0, 2, 1, 3); // [N, H, W, H]
        Tensor weights = Tensor.concat(3, List.of(others, rows)).softmax(3); // [N, H, W, H + W]
        Tensor down = weights.slice(3, Dim.ZERO, h).permute(0, 2, 1, 3).matmul(v.permute(0, 3, 2, 1)); // [N, W, H, C]
        Tensor across = weights.slice(3, h, h.plus(w)).matmul(v.permute(0, 2, 3, 1)); // [N, H, W, C]
        Tensor seen = down.permute(0, 3, 2, 1).add(across.permute(0, 3, 1, 2));
        return gamma.call(seen).add(x);
    }

    private static Tensor diagonal(Tensor x, Dim size) {
        Tensor index = x.arange(size, DType.INT64);
        return index.unsqueeze(1).binary(BinaryKind.EQ, index.unsqueeze(0)); // [size, size]
    }
}
