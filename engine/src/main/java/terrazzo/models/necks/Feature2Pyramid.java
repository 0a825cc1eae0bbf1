package terrazzo.models.necks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.ConvTranspose2d;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Neck;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Pools;

/// Makes a pyramid of the equally large levels of a plain transformer, with transposed convolutions up and pooling
/// down ([BEiT](https://arxiv.org/abs/2106.08254)).
///
/// - in: levels `[N, embedDim, H, W]`, one per factor
/// - out: levels `[N, embedDim, H*rescales[i], W*rescales[i]]`
public final class Feature2Pyramid extends Neck {

    private final Config config;
    private final List<Layer> layers = new ArrayList<>();

    /// @param embedDim channels of all levels
    /// @param rescales factors of the size of each level: 4, 2, 1, 0.5 or 0.25
    /// @param norm norm between the two steps up of factor 4
    public record Config(int embedDim, List<Double> rescales, NormSpec norm) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            List<Double> rescales = c.numbers("rescales", List.of(4.0, 2.0, 1.0, 0.5));
            boolean known =
                    rescales.equals(List.of(4.0, 2.0, 1.0, 0.5)) || rescales.equals(List.of(2.0, 1.0, 0.5, 0.25));
            if (!known) {
                // mmseg: takes others, but applies them in one of these two orders whatever the order in the config is
                throw c.error("rescales", "[4, 2, 1, 0.5] or [2, 1, 0.5, 0.25]", rescales.toString(), "");
            }
            return new Config(c.integer("embed_dim"), rescales, NormSpec.orBatchNorm(c));
        }
    }

    public Feature2Pyramid(Config config) {
        this.config = config;
        for (double factor : config.rescales) {
            if (factor == 4) {
                Layer norm = config.norm.build(config.embedDim);
                Layer gelu = new Lambda(x -> x.unary(UnaryKind.GELU));
                layers.add(child("upsample_4x", Sequential.of(twice(), norm, gelu, twice())));
            } else if (factor == 2) {
                layers.add(child("upsample_2x", Sequential.of(twice())));
            } else if (factor == 1) {
                layers.add(child("identity", Lambda.identity()));
            } else {
                int times = (int) Math.rint(1 / factor);
                layers.add(child("downsample_" + times + "x", Pools.max(times, times, 0)));
            }
        }
    }

    static Feature2Pyramid read(ConfigNode c) {
        return new Feature2Pyramid(Config.read(c));
    }

    private Layer twice() {
        ConvSpec spec = ConvSpec.of(config.embedDim, config.embedDim, 2).stride(2);
        return new ConvTranspose2d(spec, new Size(0, 0));
    }

    @Override
    protected List<Integer> inChannels() {
        return Collections.nCopies(config.rescales.size(), config.embedDim);
    }

    @Override
    public List<FeatureSpec> features(List<FeatureSpec> inputs) {
        return IntStream.range(0, layers.size())
                .mapToObj(i ->
                        new FeatureSpec(config.embedDim, (int) (inputs.get(i).stride() / config.rescales.get(i))))
                .toList();
    }

    @Override
    protected List<Tensor> forward(List<Tensor> levels) {
        return IntStream.range(0, layers.size())
                .mapToObj(i -> layers.get(i).call(levels.get(i)))
                .toList();
    }
}
