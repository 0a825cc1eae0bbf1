package terrazzo.models.heads;

import java.util.List;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ConvOp;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.models.Parts;

/// Learns in training where classes meet ([STDC](https://arxiv.org/abs/2104.13188), fig. 4): its labels are the edges
/// of the label map, seen at three resolutions.
public final class STDCHead extends FCNHead {

    private final double boundaryThreshold;
    private final Parameter fusionKernel;
    private final Parameter laplacianKernel;

    private STDCHead(FCNHead.Config config, double boundaryThreshold) {
        super(config);
        this.boundaryThreshold = boundaryThreshold;
        // mmseg: never learns, as thresholds stand between it and the loss
        List<Double> shares = List.of(0.6, 0.3, 0.1);
        this.fusionKernel = parameter("fusion_kernel", new Init.Computed(i -> shares.get((int) i)), 1, 3, 1, 1);
        fusionKernel.freeze();
        this.laplacianKernel =
                buffer("laplacian_kernel", DType.FLOAT32, new Init.Computed(i -> i == 4 ? 8 : -1), 1, 1, 3, 3);
    }

    static STDCHead read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
        return new STDCHead(FCNHead.Config.read(c, parts), c.number("boundary_threshold", 0.1));
    }

    @Override
    public Map<String, Tensor> loss(List<Tensor> levels, Tensor label) {
        Tensor logits = call(levels);
        return lossByFeat(logits, within(logits, () -> boundary(label)));
    }

    /// 1 where classes meet, else 0: `[N, H, W]` int64.
    private Tensor boundary(Tensor label) {
        Tensor map = label.to(DType.FLOAT32).unsqueeze(1); // [N, 1, H, W]
        Tensor pyramid = Tensor.concat(1, List.of(edges(map, 1), edges(map, 2), edges(map, 4))); // [N, 3, H, W]
        Tensor fused = pyramid.apply(convolution(1, 0), map.trace().weight(fusionKernel));
        return above(fused).to(DType.INT64).squeeze(1);
    }

    private Tensor edges(Tensor map, int stride) {
        Tensor response = map.apply(convolution(stride, 1), map.trace().weight(laplacianKernel))
                .clamp(0, Double.POSITIVE_INFINITY);
        Dim h = map.dim(2);
        Dim w = map.dim(3);
        return above(response.resize(Interpolation.NEAREST, h, w, false)).to(DType.FLOAT32);
    }

    private Tensor above(Tensor x) {
        return x.scalar(BinaryKind.GT, boundaryThreshold);
    }

    private static ConvOp convolution(int stride, int padding) {
        return new ConvOp.Conv2d(new Size(stride, stride), new Size(padding, padding), new Size(1, 1), 1);
    }
}
