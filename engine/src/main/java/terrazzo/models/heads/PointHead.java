package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.Layer;
import terrazzo.models.CascadeDecodeHead;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.Rescale;

/// Classifies again the points that the head before is least sure of, from finer features
/// ([PointRend](https://arxiv.org/abs/1912.08193)). In evaluation it enlarges the logits some times and mends points
/// each time; in training it looks at random points, most of them unsure ones.
///
/// - in: levels `[N, inChannels[i], H, W]` and the logits before `[N, numClasses, h, w]`
/// - out logits: `[N, numClasses, h*f, w*f]`, f = `scale_factor ^ subdivision_steps` of the model's `test_cfg`
public final class PointHead extends CascadeDecodeHead {

    private final Config config;
    private final List<PointModule> fcs;
    private final PointConv fcSeg;
    private Optional<Subdivision> subdivision = Optional.empty();
    private Optional<Draw> draw = Optional.empty();

    /// @param head what every head says
    /// @param numFcs layers before the classifier
    /// @param coarseEachLayer whether the logits before join after each of them
    public record Config(DecodeHead.Config head, int numFcs, boolean coarseEachLayer) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            DecodeHead.Config head = DecodeHead.Config.read(c, parts, "multiple_select");
            if (head.norm().isPresent()) {
                throw c.error("norm_cfg", "None", "a norm", "none of the published models uses it");
            }
            return new Config(head, c.integer("num_fcs", 3), c.bool("coarse_pred_each_layer", true));
        }
    }

    /// What the model's `test_cfg` says.
    ///
    /// @param steps how often logits are enlarged
    /// @param points points that are mended each time, at most
    /// @param factor what height and width are multiplied with
    private record Subdivision(int steps, int points, int factor) {}

    /// What the model's `train_cfg` says.
    ///
    /// @param points points that the loss looks at
    /// @param candidates random points among which the unsure ones are found
    /// @param unsure how many of the points are those least sure of
    private record Draw(int points, int candidates, int unsure) {}

    public PointHead(Config config) {
        super(config.head, false);
        this.config = config;
        int classes = config.head.numClasses();
        int channels = config.head.channels();
        int fine = config.head.inChannels().stream().mapToInt(Integer::intValue).sum();
        int later = channels + (config.coarseEachLayer ? classes : 0);
        this.fcs = children("fcs", config.numFcs, i -> new PointModule(i == 0 ? fine + classes : later, config.head));
        int last = config.numFcs == 0 ? fine + classes : later;
        this.fcSeg = child("fc_seg", new PointConv(last, classes, new Init.Normal(0, 0.01), Init.ZEROS));
    }

    static PointHead read(ConfigNode c, Parts parts) {
        return new PointHead(Config.read(c, parts));
    }

    @Override
    public void configure(Optional<ConfigNode> train, Optional<ConfigNode> test) {
        this.subdivision = test.filter(c -> c.has("subdivision_steps"))
                .map(c -> new Subdivision(
                        c.integer("subdivision_steps"),
                        c.integer("subdivision_num_points"),
                        c.integer("scale_factor")));
        this.draw = train.filter(c -> c.has("num_points")).map(c -> {
            int points = c.integer("num_points");
            return new Draw(points, (int) (points * c.number("oversample_ratio")), (int)
                    (points * c.number("importance_sample_ratio")));
        });
    }

    @Override
    protected Tensor forward(List<Tensor> levels, Tensor previous) {
        Subdivision plan = subdivision.orElseThrow(() -> new IllegalStateException("no subdivision_steps in test_cfg"));
        List<Tensor> fine = selected(levels);
        Tensor refined = previous;
        for (int i = 0; i < plan.steps; i++) {
            refined = mended(Rescale.by(plan.factor, config.head.alignCorners()).apply(refined), fine, previous);
        }
        return refined;
    }

    /// Logits `[N, K, H, W]` with those classified again that are least sure.
    private Tensor mended(Tensor logits, List<Tensor> fine, Tensor coarse) {
        Dim n = logits.dim(0);
        Dim h = logits.dim(2);
        Dim w = logits.dim(3);
        Tensor flat = logits.flatten(2); // [N, K, L]
        int most = subdivision.orElseThrow().points;
        Tensor order = logits.arange(h.times(w), DType.INT64);
        Tensor first = order.maskedSelect(order.lt(most)); // [P], fewer than the most in small images
        Tensor index = unsureness(flat).sort(1, true).get(1).indexSelect(1, first); // [N, P]
        Dim points = first.dim(0);
        Tensor x = centres(logits, w).unsqueeze(0).expand(Shape.of(h, w));
        Tensor y = centres(logits, h).unsqueeze(1).expand(Shape.of(h, w));
        Tensor at = Tensor.concat(
                2,
                List.of(
                        picked(x, index).reshape(n, points, Dim.ONE),
                        picked(y, index).reshape(n, points, Dim.ONE))); // [N, P, 2]
        Tensor again = classified(fine, coarse, at); // [N, K, P]
        return flat.scatter(2, index.unsqueeze(1).expand(again.shape()), again).reshape(logits.shape());
    }

    private static Tensor picked(Tensor grid, Tensor index) {
        return grid.flatten(0).indexSelect(0, index.flatten(0));
    }

    /// The middles of so many pixels, from 0 to 1.
    private static Tensor centres(Tensor like, Dim count) {
        Tensor size = like.full(Shape.of(count), 1, DType.FLOAT32).sum();
        return like.arange(count, DType.FLOAT32).add(0.5).div(size);
    }

    /// How near the second best class is to the best, 0 at most: `[N, K, P]` to `[N, P]`.
    private static Tensor unsureness(Tensor logits) {
        Tensor top = logits.topK(Dim.of(2), 1).getFirst(); // [N, 2, P]
        return top.select(1, 1).sub(top.select(1, 0));
    }

    /// Logits `[N, K, P]` at points `[N, P, 2]`, given as (x, y) from 0 to 1.
    private Tensor classified(List<Tensor> fine, Tensor coarse, Tensor points) {
        Tensor before = sampled(coarse, points, Interpolation.BILINEAR, config.head.alignCorners());
        List<Tensor> parts = new ArrayList<>();
        fine.forEach(x -> parts.add(sampled(x, points, Interpolation.BILINEAR, config.head.alignCorners())));
        parts.add(before);
        Tensor y = Tensor.concat(1, parts); // [N, C, P]
        for (PointModule fc : fcs) {
            y = fc.call(y);
            y = config.coarseEachLayer ? Tensor.concat(1, List.of(y, before)) : y;
        }
        return fcSeg.call(y.dropout(config.head.dropoutRatio()));
    }

    /// `[N, C, H, W]` at points `[N, P, 2]`: `[N, C, P]`.
    private static Tensor sampled(Tensor x, Tensor points, Interpolation mode, boolean alignCorners) {
        Tensor grid = points.mul(2).add(-1).unsqueeze(2); // [N, P, 1, 2]
        return x.gridSample(grid, mode, alignCorners).squeeze(3);
    }

    @Override
    public Map<String, Tensor> loss(List<Tensor> levels, Tensor previous, Tensor label) {
        return within(previous, () -> {
            Tensor points = drawn(previous.detach());
            Tensor logits = classified(selected(levels), previous, points); // [N, K, P]
            Tensor classes = label.to(DType.FLOAT32).unsqueeze(1);
            Tensor wanted = sampled(classes, points, Interpolation.NEAREST, config.head.alignCorners())
                    .squeeze(1)
                    .to(DType.INT64);
            Map<String, Tensor> losses = new LinkedHashMap<>();
            lossByFeat(logits.unsqueeze(3), wanted.unsqueeze(2))
                    .forEach((name, loss) -> losses.put(name.equals("acc_seg") ? "acc_point" : "point" + name, loss));
            return losses;
        });
    }

    /// Points `[N, P, 2]` to train with.
    private Tensor drawn(Tensor logits) {
        Draw plan = draw.orElseThrow(() -> new IllegalStateException("no num_points in train_cfg"));
        Dim n = logits.dim(0);
        Dim two = Dim.of(2);
        Tensor candidates = logits.uniform(Shape.of(n, Dim.of(plan.candidates), two));
        Tensor sure = unsureness(sampled(logits, candidates, Interpolation.BILINEAR, false));
        Tensor index = sure.topK(Dim.of(plan.unsure), 1).get(1); // [N, unsure]
        Tensor unsure = candidates.gather(1, index.unsqueeze(2).expand(Shape.of(n, Dim.of(plan.unsure), two)));
        int rest = plan.points - plan.unsure;
        return rest == 0 ? unsure : Tensor.concat(1, List.of(unsure, logits.uniform(Shape.of(n, Dim.of(rest), two))));
    }

    /// A layer over the channels of each point, and its activation.
    private static final class PointModule extends Layer {

        private final PointConv conv;
        private final Optional<Layer> activate;

        PointModule(int in, DecodeHead.Config head) {
            int out = head.channels();
            this.conv = child("conv", new PointConv(in, out, new Init.Normal(0, Math.sqrt(2.0 / out)), Init.ZEROS));
            this.activate = head.act().map(a -> child("activate", a.build(out)));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = conv.call(x);
            return activate.isPresent() ? activate.get().call(y) : y;
        }
    }

    /// A one-dimensional convolution whose window is a single point: `[N, in, P]` to `[N, out, P]`.
    private static final class PointConv extends Layer {

        private final Parameter weight;
        private final Parameter bias;

        PointConv(int in, int out, Init start, Init biasStart) {
            this.weight = parameter("weight", start, out, in, 1);
            this.bias = parameter("bias", biasStart, out);
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor matrix = x.trace().weight(weight).squeeze(2); // [out, in]
            return matrix.matmul(x).add(x.trace().weight(bias).unsqueeze(1));
        }
    }
}
