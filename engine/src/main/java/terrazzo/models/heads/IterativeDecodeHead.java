package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ModuleList;
import terrazzo.models.DecodeHead;
import terrazzo.models.FeatureHead;
import terrazzo.models.Parts;

/// A head whose classifier's kernels are refined for each image, in several rounds
/// ([K-Net](https://arxiv.org/abs/2106.14855)).
///
/// - in: what the head that makes the first kernels takes
/// - out logits: `[N, numClasses, H, W]`, same stride as that head's
public final class IterativeDecodeHead extends DecodeHead {

    private final FeatureHead generate;
    private final List<KernelUpdateHead> updates;

    /// @param generate the head that makes features, logits and kernels to start from
    /// @param updates the rounds
    public IterativeDecodeHead(FeatureHead generate, List<KernelUpdateHead> updates) {
        super(generate.config(), false);
        this.generate = child("kernel_generate_head", generate);
        this.updates = child("kernel_update_head", ModuleList.of(updates)).items();
    }

    static IterativeDecodeHead read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
        c.ignoring("init_cfg");
        int stages = c.integer("num_stages");
        List<ConfigNode> rounds = c.nodes("kernel_update_head");
        if (rounds.size() != stages) {
            throw c.error("kernel_update_head", stages + " heads (num_stages)", rounds.size() + "", "");
        }
        ConfigNode node = c.node("kernel_generate_head");
        if (!(parts.heads().build(node, parts) instanceof FeatureHead generate)) {
            throw node.error(
                    "type", "a head with a classifier", "'" + node.type() + "'", "FCNHead, PSPHead and UPerHead are");
        }
        return new IterativeDecodeHead(
                generate, rounds.stream().map(KernelUpdateHead::read).toList());
    }

    /// The logits of the first head and of each round.
    private List<Tensor> stages(List<Tensor> levels) {
        Tensor features = generate.features(levels);
        Tensor weight = features.trace().weight(generate.classifier().weight()); // [K, C, k, k]
        List<Dim> sizes = new ArrayList<>(List.of(features.dim(0)));
        sizes.addAll(weight.shape().dims());
        Tensor kernels = weight.unsqueeze(0).expand(new Shape(sizes));
        List<Tensor> logits = new ArrayList<>();
        KernelUpdateHead.Round round = new KernelUpdateHead.Round(generate.logits(features), kernels);
        logits.add(round.masks());
        for (KernelUpdateHead update : updates) {
            round = update.call(features, round);
            logits.add(round.masks());
        }
        return logits;
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        return stages(levels).getLast();
    }

    @Override
    public Map<String, Tensor> loss(List<Tensor> levels, Tensor label) {
        return within(label, () -> {
            Map<String, Tensor> losses = new LinkedHashMap<>();
            List<Tensor> stages = stages(levels);
            for (int i = 0; i < stages.size(); i++) {
                String suffix = ".s" + i;
                lossByFeat(stages.get(i), label).forEach((name, loss) -> losses.put(name + suffix, loss));
            }
            return losses;
        });
    }
}
