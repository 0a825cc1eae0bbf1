package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// Branches of several resolutions side by side that exchange what they see again and again
/// ([HRNet](https://arxiv.org/abs/1908.07919)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: one level per branch of the last stage, of stride 4, 8, 16 and 32
public final class HRNet extends Backbone {

    private static final int STEM_CHANNELS = 64;

    private final Config config;
    private final List<Layer> stem = new ArrayList<>();
    private final Sequential layer1;
    private final List<Transition> transitions = new ArrayList<>();
    private final List<List<HRModule>> stages = new ArrayList<>();

    /// @param inChannels channels of the image
    /// @param stages the four stages
    /// @param norm norm after each convolution
    /// @param normEval whether norms keep their statistics while training
    /// @param frozenStages stages that do not learn, counted from the stem (0); -1 for none
    /// @param multiscale whether all branches of the last module come out, or only the finest
    private record Config(
            int inChannels, List<Stage> stages, NormSpec norm, boolean normEval, int frozenStages, boolean multiscale) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            // mmseg: `zero_init_residual` never comes to effect
            PlainConvolutions.require(c);
            c.ignoring("with_cp", "pretrained", "init_cfg", "zero_init_residual");
            ConfigNode extra = c.node("extra");
            List<Stage> stages = IntStream.rangeClosed(1, 4)
                    .mapToObj(i -> Stage.read(extra.node("stage" + i)))
                    .toList();
            extra.done();
            return new Config(
                    c.integer("in_channels", 3),
                    stages,
                    NormSpec.orBatchNorm(c),
                    c.bool("norm_eval", false),
                    c.integer("frozen_stages", -1),
                    c.bool("multiscale_output", true));
        }
    }

    /// @param modules how often its branches exchange what they see
    /// @param bottleneck whether blocks are bottlenecks
    /// @param blocks blocks of each branch
    /// @param planes channels of each branch's blocks inside
    private record Stage(int modules, boolean bottleneck, List<Integer> blocks, List<Integer> planes) {

        static Stage read(ConfigNode c) {
            int branches = c.integer("num_branches");
            String block = c.string("block");
            if (!block.equals("BASIC") && !block.equals("BOTTLENECK")) {
                throw c.error("block", "'BASIC' or 'BOTTLENECK'", "'" + block + "'", "");
            }
            Stage stage = new Stage(
                    c.integer("num_modules"), block.equals("BOTTLENECK"), c.ints("num_blocks"), c.ints("num_channels"));
            if (stage.blocks.size() != branches || stage.planes.size() != branches) {
                throw c.error("num_channels", branches + " numbers (num_branches)", stage.planes.toString(), "");
            }
            c.done();
            return stage;
        }

        /// Channels that come out of each branch.
        List<Integer> channels() {
            return planes.stream()
                    .map(p -> bottleneck ? p * Bottleneck.EXPANSION : p)
                    .toList();
        }
    }

    private HRNet(Config config) {
        this.config = config;
        NormSpec norm = config.norm;
        stem.add(child("conv1", conv(config.inChannels, STEM_CHANNELS, 2)));
        stem.add(child(norm.name(1), norm.build(STEM_CHANNELS)));
        stem.add(child("conv2", conv(STEM_CHANNELS, STEM_CHANNELS, 2)));
        stem.add(child(norm.name(2), norm.build(STEM_CHANNELS)));
        Stage first = config.stages.getFirst();
        this.layer1 = child("layer1", blocks(first, 0, STEM_CHANNELS, norm));
        List<Integer> channels = List.of(first.channels().getFirst());
        for (int i = 1; i < config.stages.size(); i++) {
            Stage stage = config.stages.get(i);
            transitions.add(child("transition" + i, new Transition(channels, stage.channels(), norm)));
            channels = stage.channels();
            boolean last = i == config.stages.size() - 1;
            List<HRModule> modules = new ArrayList<>();
            for (int j = 0; j < stage.modules; j++) {
                boolean fusesAll = config.multiscale || !last || j < stage.modules - 1;
                modules.add(new HRModule(stage, fusesAll ? channels.size() : 1, norm));
            }
            stages.add(children("stage" + (i + 1), modules.size(), modules::get));
        }
        startConvolutions();
        freezeStages();
    }

    static HRNet read(ConfigNode c) {
        return new HRNet(Config.read(c));
    }

    private static Conv2d conv(int in, int out, int stride) {
        return new Conv2d(ConvSpec.of(in, out, 3).stride(stride).padding(1).bias(false));
    }

    /// The blocks of one branch.
    private static Sequential blocks(Stage stage, int branch, int in, NormSpec norm) {
        int planes = stage.planes.get(branch);
        int out = stage.channels().get(branch);
        ResidualBlock.Style style = ResidualBlock.Style.plain(norm);
        List<Layer> blocks = new ArrayList<>();
        for (int i = 0; i < stage.blocks.get(branch); i++) {
            int width = i == 0 ? in : out;
            Optional<Layer> down = width == out
                    ? Optional.empty()
                    : Optional.of(
                            Sequential.of(new Conv2d(ConvSpec.of(width, out, 1).bias(false)), norm.build(out)));
            ResidualBlock.Shape shape = new ResidualBlock.Shape(width, planes, 1, 1);
            blocks.add(stage.bottleneck ? new Bottleneck(style, shape, down) : new BasicBlock(style, shape, down));
        }
        return new Sequential(blocks);
    }

    private void freezeStages() {
        List<String> frozen = new ArrayList<>();
        if (config.frozenStages >= 0) {
            frozen.addAll(List.of("conv1", config.norm.name(1), "conv2", config.norm.name(2)));
        }
        for (int i = 1; i <= config.frozenStages; i++) {
            frozen.addAll(List.of(i == 1 ? "layer1" : "stage" + i, "transition" + i));
        }
        childrenByName().forEach((name, part) -> {
            if (frozen.contains(name)) {
                part.freeze();
                part.evalOnly();
            }
        });
        if (config.normEval) {
            keepStatistics();
        }
    }

    @Override
    public List<FeatureSpec> features() {
        List<Integer> channels = config.stages.getLast().channels();
        int count = config.multiscale ? channels.size() : 1;
        return IntStream.range(0, count)
                .mapToObj(i -> new FeatureSpec(channels.get(i), 4 << i))
                .toList();
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = stem.get(1).call(stem.get(0).call(img)).relu();
        x = stem.get(3).call(stem.get(2).call(x)).relu(); // [N, 64, H/4, W/4]
        List<Tensor> branches = List.of(layer1.call(x));
        for (int i = 0; i < stages.size(); i++) {
            branches = transitions.get(i).call(branches);
            for (HRModule module : stages.get(i)) {
                branches = module.call(branches);
            }
        }
        return branches;
    }

    /// Convolutions under numbers of which some are missing.
    private static class Sparse extends Module {

        final void own(List<Optional<Layer>> layers) {
            for (int i = 0; i < layers.size(); i++) {
                String name = Integer.toString(i);
                layers.get(i).ifPresent(layer -> child(name, layer));
            }
        }
    }

    /// A strided 3x3 convolution per halving; the last one leads to `out` channels.
    private static Sequential halvings(int count, int in, int out, NormSpec norm, boolean activatesLast) {
        List<Layer> steps = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            boolean last = k == count - 1;
            int width = last ? out : in;
            List<Layer> layers = new ArrayList<>(List.of(conv(in, width, 2), norm.build(width)));
            if (!last || activatesLast) {
                layers.add(new Lambda(Tensor::relu));
            }
            steps.add(new Sequential(layers));
        }
        return new Sequential(steps);
    }

    /// Brings branches to the next stage's channels and adds a coarser one.
    private static final class Transition extends Sparse {

        private final List<Optional<Layer>> layers = new ArrayList<>();

        Transition(List<Integer> before, List<Integer> after, NormSpec norm) {
            for (int i = 0; i < after.size(); i++) {
                int out = after.get(i);
                if (i >= before.size()) {
                    layers.add(Optional.of(halvings(i + 1 - before.size(), before.getLast(), out, norm, true)));
                } else if (before.get(i) == out) {
                    layers.add(Optional.empty());
                } else {
                    layers.add(Optional.of(
                            Sequential.of(conv(before.get(i), out, 1), norm.build(out), new Lambda(Tensor::relu))));
                }
            }
            own(layers);
        }

        List<Tensor> call(List<Tensor> branches) {
            List<Tensor> all = new ArrayList<>();
            for (int i = 0; i < layers.size(); i++) {
                Optional<Layer> layer = layers.get(i);
                all.add(layer.isPresent() ? layer.get().call(branches.getLast()) : branches.get(i));
            }
            return all;
        }
    }

    /// Blocks on each branch, then each branch's sum with all others.
    private static final class HRModule extends Module {

        private final List<Sequential> branches;
        private final List<List<Optional<Layer>>> fusions = new ArrayList<>();

        HRModule(Stage stage, int outputs, NormSpec norm) {
            List<Integer> channels = stage.channels();
            int count = channels.size();
            this.branches = children("branches", count, i -> blocks(stage, i, channels.get(i), norm));
            List<Sparse> rows = new ArrayList<>();
            for (int i = 0; i < outputs; i++) {
                List<Optional<Layer>> row = new ArrayList<>();
                for (int j = 0; j < count; j++) {
                    row.add(fusion(channels, i, j, norm));
                }
                fusions.add(row);
                Sparse own = new Sparse();
                own.own(row);
                rows.add(own);
            }
            children("fuse_layers", outputs, rows::get);
        }

        /// What branch `from` goes through on its way to branch `to`.
        private static Optional<Layer> fusion(List<Integer> channels, int to, int from, NormSpec norm) {
            int out = channels.get(to);
            int in = channels.get(from);
            if (from == to) {
                return Optional.empty();
            }
            return Optional.of(
                    from < to
                            ? halvings(to - from, in, out, norm, false)
                            : Sequential.of(
                                    new Conv2d(ConvSpec.of(in, out, 1).bias(false)),
                                    norm.build(out),
                                    new Lambda(x -> enlarged(x, 1L << (from - to)))));
        }

        private static Tensor enlarged(Tensor x, long factor) {
            return x.resize(
                    Interpolation.BILINEAR, x.dim(2).times(factor), x.dim(3).times(factor), false);
        }

        List<Tensor> call(List<Tensor> inputs) {
            return tracedAll(inputs.getFirst(), () -> {
                List<Tensor> xs = new ArrayList<>();
                for (int i = 0; i < inputs.size(); i++) {
                    xs.add(branches.get(i).call(inputs.get(i)));
                }
                List<Tensor> fused = new ArrayList<>();
                for (int i = 0; i < fusions.size(); i++) {
                    fused.add(fuse(xs, i));
                }
                return fused;
            });
        }

        private Tensor fuse(List<Tensor> xs, int to) {
            List<Tensor> parts = new ArrayList<>();
            for (int from = 0; from < xs.size(); from++) {
                Tensor x = xs.get(from);
                Optional<Layer> layer = fusions.get(to).get(from);
                Tensor y = layer.isPresent() ? layer.get().call(x) : x;
                parts.add(from > to ? y.resizeLike(xs.get(to), false) : y);
            }
            return parts.stream().reduce(Tensor::add).orElseThrow().relu();
        }
    }
}
