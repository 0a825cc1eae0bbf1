package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.models.DecodeHead;
import terrazzo.models.blocks.ConvModule;

/// A head that sees one level at several scales side by side: the input and what each branch makes of it are joined by
/// a 3x3 convolution and classified.
abstract class ParallelHead extends DecodeHead {

    private final List<Layer> branches;
    private final ConvModule bottleneck;

    /// @param listName state-dict key of the list of branches
    /// @param sizes what the branches differ in
    /// @param branch makes a branch `[N, inChannels, H, W]` → `[N, channels, H, W]` of a size
    ParallelHead(DecodeHead.Config head, String listName, List<Integer> sizes, IntFunction<Layer> branch) {
        super(head);
        int channels = head.channels();
        this.branches = children(listName, sizes.size(), i -> branch.apply(sizes.get(i)));
        this.bottleneck = child(
                "bottleneck",
                conv(head.inputChannels() + sizes.size() * channels, channels, 3)
                        .build());
    }

    @Override
    protected final Tensor forward(List<Tensor> levels) {
        Tensor x = input(levels);
        List<Tensor> all = new ArrayList<>(List.of(x));
        branches.forEach(b -> all.add(b.call(x)));
        return classify(bottleneck.call(Tensor.concat(1, all)));
    }

    /// A 1x1 convolution to the head's width, with its norm and activation.
    static ConvModule pointwise(DecodeHead.Config head, int in) {
        return ConvModule.of(in, head.channels(), 1)
                .norm(head.norm())
                .act(head.act())
                .build();
    }
}
