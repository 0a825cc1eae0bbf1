package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.ConvTranspose2d;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.Interpolations;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// How a U-Net's decoder goes up to the next finer level, as `upsample_cfg` describes it.
sealed interface UNetUpsample {

    /// The layer from `in` channels to `out`.
    Layer build(int in, int out, Style style);

    /// @param norm norm of convolutions
    /// @param act activation of convolutions
    record Style(NormSpec norm, Optional<ActSpec> act) {}

    static UNetUpsample read(Optional<ConfigNode> config) {
        ConfigNode c = config.orElseGet(() -> ConfigNode.ofType("InterpConv", "upsample_cfg"));
        UNetUpsample upsample = switch (c.type()) {
            case "InterpConv" -> InterpConv.read(c);
            case "DeconvModule" -> DeconvModule.read(c);
            default -> throw c.error("type", "'InterpConv' or 'DeconvModule'", "'" + c.type() + "'", "");
        };
        c.done();
        return upsample;
    }

    /// An interpolation and a convolution, in that order unless `convFirst`.
    ///
    /// @param kernelSize extent of the convolution in pixels
    /// @param stride its step
    /// @param padding zeros around its input
    /// @param convFirst whether it comes before the interpolation
    /// @param interpolation what the interpolation does
    record InterpConv(int kernelSize, int stride, int padding, boolean convFirst, Upsample interpolation)
            implements UNetUpsample {

        static InterpConv read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            return new InterpConv(
                    c.integer("kernel_size", 1),
                    c.integer("stride", 1),
                    c.integer("padding", 0),
                    c.bool("conv_first", false),
                    Upsample.read(c.optionalNode("upsample_cfg")));
        }

        @Override
        public Layer build(int in, int out, Style style) {
            Layer conv = ConvModule.of(in, out, kernelSize)
                    .stride(stride)
                    .padding(padding)
                    .norm(style.norm)
                    .act(style.act)
                    .build();
            Layer up = new Lambda(interpolation::apply);
            Sequential both = convFirst ? Sequential.of(conv, up) : Sequential.of(up, conv);
            return new Named("interp_upsample", both);
        }
    }

    /// A transposed convolution.
    ///
    /// @param kernelSize its extent in pixels, the factor plus an even number
    /// @param scaleFactor how much larger the result is
    record DeconvModule(int kernelSize, int scaleFactor) implements UNetUpsample {

        static DeconvModule read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            DeconvModule deconv = new DeconvModule(c.integer("kernel_size", 4), c.integer("scale_factor", 2));
            int more = deconv.kernelSize - deconv.scaleFactor;
            if (more < 0 || more % 2 != 0) {
                throw c.error(
                        "kernel_size",
                        "scale_factor (" + deconv.scaleFactor + ") plus an even number",
                        Integer.toString(deconv.kernelSize),
                        "");
            }
            return deconv;
        }

        @Override
        public Layer build(int in, int out, Style style) {
            ConvSpec spec =
                    ConvSpec.of(in, out, kernelSize).stride(scaleFactor).padding((kernelSize - scaleFactor) / 2);
            List<Layer> layers = new ArrayList<>();
            layers.add(new ConvTranspose2d(spec, new Size(0, 0)));
            layers.add(style.norm.build(out));
            style.act.ifPresent(a -> layers.add(a.build(out)));
            return new Named("deconv_upsamping", new Sequential(layers)); // mmseg: spelt so in every checkpoint
        }
    }

    /// @param factor how much larger the result is
    /// @param mode how it is interpolated
    /// @param alignCorners whether corner pixels' centres are mapped onto each other
    record Upsample(int factor, Interpolation mode, boolean alignCorners) {

        static Upsample read(Optional<ConfigNode> config) {
            if (config.isEmpty()) {
                return new Upsample(2, Interpolation.BILINEAR, false);
            }
            ConfigNode c = config.get();
            Upsample upsample = new Upsample(
                    c.integer("scale_factor", 2),
                    c.has("mode") ? Interpolations.read(c, "mode") : Interpolation.NEAREST,
                    c.bool("align_corners", false));
            c.done();
            return upsample;
        }

        Tensor apply(Tensor x) {
            return x.resize(mode, x.dim(2).times(factor), x.dim(3).times(factor), alignCorners);
        }
    }

    /// A layer under another's name.
    final class Named extends Layer {

        private final Layer inner;

        private Named(String name, Layer inner) {
            this.inner = child(name, inner);
        }

        @Override
        protected Tensor forward(Tensor x) {
            return inner.call(x);
        }
    }
}
