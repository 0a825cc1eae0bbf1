package terrazzo.models.blocks;

import java.util.List;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;

/// Means over grids of several sizes, each convolved and resized back ([PSPNet](https://arxiv.org/abs/1612.01105)).
///
/// - in: `[N, C, H, W]`
/// - out: per grid `[N, channels, H, W]`
public final class PyramidPooling extends Module {

    private final List<Sequential> stages;
    private final boolean alignCorners;

    /// @param poolScales cells along each side of the grids
    /// @param conv the convolution of each grid
    public PyramidPooling(List<Integer> poolScales, ConvModule.Spec conv, boolean alignCorners) {
        this.alignCorners = alignCorners;
        this.stages = poolScales.stream()
                .map(scale -> Sequential.of(new Lambda(x -> x.adaptiveAvgPool(scale, scale)), conv.build()))
                .toList();
        for (int i = 0; i < stages.size(); i++) {
            child(Integer.toString(i), stages.get(i));
        }
    }

    public List<Tensor> call(Tensor x) {
        return tracedAll(
                x,
                () -> stages.stream()
                        .map(s -> s.call(x).resizeLike(x, alignCorners))
                        .toList());
    }
}
