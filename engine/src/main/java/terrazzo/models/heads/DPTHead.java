package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.ConvTranspose2d;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.ModuleList;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Rescale;
import terrazzo.models.blocks.Tokens;

/// Makes a pyramid of four layers of a plain transformer and fuses it from the smallest level up
/// ([DPT](https://arxiv.org/abs/2103.13413)).
///
/// - in: four maps `[N, embedDims, H, W]` followed by their class tokens `[N, embedDims]`
/// - out logits: `[N, numClasses, H*8, W*8]`
public final class DPTHead extends DecodeHead {

    private final Reassembly reassembly;
    private final List<ConvModule> convs;
    private final List<Fusion> fusions;
    private final ConvModule project;

    /// What becomes of the class token.
    public enum Readout {
        /// Nothing.
        IGNORE,
        /// It is added to each patch.
        ADD,
        /// It is projected together with each patch.
        PROJECT
    }

    /// @param head what every head says
    /// @param embedDims channels that go in
    /// @param postChannels channels of each level of the pyramid
    /// @param readout what becomes of the class token
    /// @param norm norm of the fusions
    /// @param act activation of the fusions
    public record Config(
            DecodeHead.Config head,
            int embedDims,
            List<Integer> postChannels,
            Readout readout,
            Optional<NormSpec> norm,
            ActSpec act) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            c.ignoring("patch_size");
            if (c.bool("expand_channels", false)) {
                throw c.error("expand_channels", "False", "True", "none of the published models uses it");
            }
            List<Integer> channels = c.ints("post_process_channels", List.of(96, 192, 384, 768));
            if (channels.size() != 4) {
                throw c.error("post_process_channels", "four numbers", channels.toString(), "");
            }
            boolean plain = c.keys().contains("norm_cfg") && !c.has("norm_cfg");
            return new Config(
                    DecodeHead.Config.read(c, parts),
                    c.integer("embed_dims", 768),
                    channels,
                    readout(c),
                    plain ? Optional.empty() : Optional.of(NormSpec.orBatchNorm(c)),
                    ActSpec.find(c).orElse(ActSpec.RELU));
        }

        private static Readout readout(ConfigNode c) {
            String type = c.string("readout_type", "ignore");
            return switch (type) {
                case "ignore" -> Readout.IGNORE;
                case "add" -> Readout.ADD;
                case "project" -> Readout.PROJECT;
                default -> throw c.error("readout_type", "'ignore', 'add' or 'project'", "'" + type + "'", "");
            };
        }
    }

    public DPTHead(Config config) {
        super(config.head);
        int channels = config.head.channels();
        int levels = config.postChannels.size();
        this.reassembly = child("reassemble_blocks", new Reassembly(config));
        this.convs = children(
                "convs",
                levels,
                i -> ConvModule.of(config.postChannels.get(i), channels, 3)
                        .padding(1)
                        .bias(false)
                        .build());
        this.fusions = children("fusion_blocks", levels, i -> new Fusion(config, i > 0));
        this.project = child(
                "project",
                ConvModule.of(channels, channels, 3)
                        .padding(1)
                        .norm(config.norm)
                        .act(ActSpec.RELU)
                        .build());
    }

    static DPTHead read(ConfigNode c, Parts parts) {
        return new DPTHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        int maps = Math.floorDiv(levels.size(), 2);
        List<Tensor> chosen = selected(levels.subList(0, maps));
        List<Tensor> tokens = selected(levels.subList(maps, levels.size()));
        List<Tensor> pyramid = reassembly.call(chosen, tokens);
        List<Tensor> narrow = new ArrayList<>(); // each [N, channels, ...]
        for (int i = 0; i < pyramid.size(); i++) {
            narrow.add(convs.get(i).call(pyramid.get(i)));
        }
        Tensor y = fusions.getFirst().call(narrow.getLast());
        for (int i = 1; i < fusions.size(); i++) {
            y = fusions.get(i).call(y, narrow.get(narrow.size() - 1 - i));
        }
        return classify(project.call(y));
    }

    /// Maps of one size to maps of 4, 2, 1 and half of it.
    private static final class Reassembly extends Module {

        private final Readout readout;
        private final List<ConvModule> projects;
        private final List<Layer> resizes;
        private final List<Sequential> readouts;

        Reassembly(Config config) {
            this.readout = config.readout;
            int in = config.embedDims;
            List<Integer> out = config.postChannels;
            this.projects = children(
                    "projects",
                    out.size(),
                    i -> ConvModule.of(in, out.get(i), 1).build());
            Size none = new Size(0, 0);
            List<Layer> made = List.of(
                    new ConvTranspose2d(ConvSpec.of(out.get(0), out.get(0), 4).stride(4), none),
                    new ConvTranspose2d(ConvSpec.of(out.get(1), out.get(1), 2).stride(2), none),
                    Lambda.identity(),
                    new Conv2d(ConvSpec.of(out.get(3), out.get(3), 3).stride(2).padding(1)));
            this.resizes = child("resize_layers", ModuleList.of(made)).items();
            this.readouts = readout == Readout.PROJECT
                    ? children(
                            "readout_projects",
                            out.size(),
                            _ -> Sequential.of(new Linear(2 * in, in, true), new Lambda(x -> x.unary(UnaryKind.GELU))))
                    : List.of();
        }

        List<Tensor> call(List<Tensor> maps, List<Tensor> tokens) {
            return tracedAll(maps.getFirst(), () -> {
                List<Tensor> outs = new ArrayList<>();
                for (int i = 0; i < projects.size(); i++) {
                    Tensor x = read(maps.get(i), tokens.get(i), i);
                    outs.add(resizes.get(i).call(projects.get(i).call(x)));
                }
                return outs;
            });
        }

        private Tensor read(Tensor map, Tensor token, int level) {
            return switch (readout) {
                case IGNORE -> map;
                case ADD -> map.add(token.unsqueeze(-1).unsqueeze(-1));
                case PROJECT -> {
                    Tokens patches = Tokens.of(map); // [N, L, D]
                    Shape shape = patches.x().shape();
                    Tensor everywhere =
                            token.reshape(shape.dim(0), Dim.ONE, shape.dim(2)).expand(shape);
                    Tensor both = Tensor.concat(2, List.of(patches.x(), everywhere));
                    yield patches.with(readouts.get(level).call(both)).image();
                }
            };
        }
    }

    /// Adds a level of the pyramid to what the smaller ones gave, and doubles the size.
    private static final class Fusion extends Module {

        private final ConvModule project;
        private final Optional<PreActResidual> level;
        private final PreActResidual sum;

        Fusion(Config config, boolean hasLevel) {
            int channels = config.head.channels();
            this.project = child("project", ConvModule.of(channels, channels, 1).build());
            this.level = hasLevel ? Optional.of(child("res_conv_unit1", new PreActResidual(config))) : Optional.empty();
            this.sum = child("res_conv_unit2", new PreActResidual(config));
        }

        Tensor call(Tensor x) {
            return traced(x, () -> enlarged(x));
        }

        Tensor call(Tensor x, Tensor next) {
            return traced(x, () -> {
                Tensor sized = next.resizeLike(x, false);
                return enlarged(x.add(level.orElseThrow().call(sized)));
            });
        }

        private Tensor enlarged(Tensor x) {
            return project.call(Rescale.by(2, true).apply(sum.call(x)));
        }
    }

    /// Twice activation, convolution and norm, beside an identity.
    private static final class PreActResidual extends Layer {

        private final Layer activate;
        private final ConvModule conv1;
        private final ConvModule conv2;

        PreActResidual(Config config) {
            int channels = config.head.channels();
            this.activate = config.act.build(channels);
            this.conv1 = child("conv1", conv(config, channels));
            this.conv2 = child("conv2", conv(config, channels));
        }

        private static ConvModule conv(Config config, int channels) {
            return ConvModule.of(channels, channels, 3)
                    .padding(1)
                    .bias(false)
                    .norm(config.norm)
                    .build();
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = conv1.call(activate.call(x));
            return conv2.call(activate.call(y)).add(x);
        }
    }
}
