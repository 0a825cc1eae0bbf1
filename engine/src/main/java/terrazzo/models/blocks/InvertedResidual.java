package terrazzo.models.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;

/// Widens, convolves each channel alone and narrows again, beside an identity where sizes allow it
/// ([MobileNetV2](https://arxiv.org/abs/1801.04381)).
public final class InvertedResidual extends Layer {

    private final Sequential conv;
    private final boolean adds;

    /// @param in channels that go in
    /// @param out channels that come out
    /// @param stride step of the convolution in the middle, 1 or 2
    /// @param expandRatio how much wider the middle is
    /// @param dilation distance of the taps of the convolution in the middle
    public record Shape(int in, int out, int stride, int expandRatio, int dilation) {}

    public InvertedResidual(Shape shape, NormSpec norm, Optional<ActSpec> act) {
        int hidden = shape.in * shape.expandRatio;
        List<Layer> layers = new ArrayList<>();
        if (shape.expandRatio != 1) {
            layers.add(ConvModule.of(shape.in, hidden, 1).norm(norm).act(act).build());
        }
        layers.add(ConvModule.of(hidden, hidden, 3)
                .stride(shape.stride)
                .padding(shape.dilation)
                .dilation(shape.dilation)
                .groups(hidden)
                .norm(norm)
                .act(act)
                .build());
        layers.add(ConvModule.of(hidden, shape.out, 1).norm(norm).build());
        this.conv = child("conv", new Sequential(layers));
        this.adds = shape.stride == 1 && shape.in == shape.out;
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = conv.call(x);
        return adds ? x.add(y) : y;
    }
}
