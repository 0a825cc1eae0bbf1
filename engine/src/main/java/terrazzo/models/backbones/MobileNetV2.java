package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.Channels;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.InvertedResidual;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// Inverted residuals with linear bottlenecks, for phones ([MobileNetV2](https://arxiv.org/abs/1801.04381)).
///
/// - in: `[N, 3, H, W]`
/// - out: stage i of `outIndices`: `[N, C, H/s, W/s]`, s = 2 times the strides so far
public final class MobileNetV2 extends Backbone {

    private static final int STEM_CHANNELS = 32;

    /// Table 2 of the paper.
    private static final List<Stage> STAGES = List.of(
            new Stage(1, 16, 1),
            new Stage(6, 24, 2),
            new Stage(6, 32, 3),
            new Stage(6, 64, 4),
            new Stage(6, 96, 3),
            new Stage(6, 160, 3),
            new Stage(6, 320, 1));

    private final Config config;
    private final ConvModule conv1;
    private final List<Sequential> stages = new ArrayList<>();
    private final List<FeatureSpec> features = new ArrayList<>();

    /// @param expandRatio how much wider blocks are inside
    /// @param channels channels at width 1
    /// @param blocks how many blocks
    private record Stage(int expandRatio, int channels, int blocks) {}

    /// @param widenFactor factor of all channels
    /// @param strides step of each stage's first block
    /// @param dilations distance of taps in each stage's first block
    /// @param outIndices stages whose output is a feature, from 0
    /// @param frozenStages stages that do not learn, counted from the stem (0); -1 for none
    /// @param norm norm after each convolution
    /// @param act activation after each norm but a block's last
    /// @param normEval whether norms keep their statistics while training
    private record Config(
            double widenFactor,
            List<Integer> strides,
            List<Integer> dilations,
            List<Integer> outIndices,
            int frozenStages,
            NormSpec norm,
            Optional<ActSpec> act,
            boolean normEval) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("with_cp", "pretrained", "init_cfg");
            Config config = new Config(
                    c.number("widen_factor", 1),
                    c.ints("strides", List.of(1, 2, 2, 2, 1, 2, 1)),
                    c.ints("dilations", List.of(1, 1, 1, 1, 1, 1, 1)),
                    c.ints("out_indices", List.of(1, 2, 4, 6)),
                    c.integer("frozen_stages", -1),
                    NormSpec.orBatchNorm(c),
                    ActSpec.find(c, ActSpec.RELU6),
                    c.bool("norm_eval", false));
            for (int index : config.outIndices) {
                if (index < 0 || index >= STAGES.size()) {
                    throw c.error("out_indices", "0 to 6", Integer.toString(index), "");
                }
            }
            if (config.strides.size() != STAGES.size() || config.dilations.size() != STAGES.size()) {
                throw c.error("strides", "7 strides and dilations", config.strides.toString(), "");
            }
            return config;
        }
    }

    private MobileNetV2(Config config) {
        this.config = config;
        int in = Channels.divisible(STEM_CHANNELS * config.widenFactor, 8);
        this.conv1 = child(
                "conv1",
                ConvModule.of(3, in, 3)
                        .stride(2)
                        .padding(1)
                        .norm(config.norm)
                        .act(config.act)
                        .build());
        int stride = 2;
        for (int i = 0; i < STAGES.size(); i++) {
            stages.add(child("layer" + (i + 1), stage(i, in)));
            in = channels(i);
            stride *= config.strides.get(i);
            if (config.outIndices.contains(i)) {
                features.add(new FeatureSpec(in, stride));
            }
        }
        startConvolutions();
        freezeStages();
    }

    static MobileNetV2 read(ConfigNode c) {
        return new MobileNetV2(Config.read(c));
    }

    @Override
    public List<FeatureSpec> features() {
        return List.copyOf(features);
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = conv1.call(img); // [N, C, H/2, W/2]
        List<Tensor> levels = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            x = stages.get(i).call(x);
            if (config.outIndices.contains(i)) {
                levels.add(x);
            }
        }
        return levels;
    }

    private int channels(int stage) {
        return Channels.divisible(STAGES.get(stage).channels * config.widenFactor, 8);
    }

    private Sequential stage(int index, int in) {
        Stage stage = STAGES.get(index);
        int out = channels(index);
        List<Layer> blocks = new ArrayList<>();
        for (int i = 0; i < stage.blocks; i++) {
            boolean first = i == 0;
            InvertedResidual.Shape shape = new InvertedResidual.Shape(
                    first ? in : out,
                    out,
                    first ? config.strides.get(index) : 1,
                    stage.expandRatio,
                    first ? config.dilations.get(index) : 1);
            blocks.add(new InvertedResidual(shape, config.norm, config.act));
        }
        return new Sequential(blocks);
    }

    private void freezeStages() {
        if (config.frozenStages >= 0) {
            conv1.freeze(); // mmseg: its norm goes on learning statistics, unlike that of the stages
        }
        for (int i = 0; i < config.frozenStages; i++) {
            stages.get(i).freeze();
            stages.get(i).evalOnly();
        }
        if (config.normEval) {
            keepStatistics();
        }
    }
}
