package terrazzo.models.blocks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;

/// Convolution, then norm, then activation, under the names `conv`, `bn` (or `gn`, …) and `activate`. The convolution
/// has
/// a bias exactly when there is no norm, unless said otherwise.
public final class ConvModule extends Layer {

    private final Conv2d conv;
    private final Optional<AdaptivePadding> padding;
    private final Optional<Layer> norm;
    private final Optional<Layer> activate;

    private ConvModule(Spec spec) {
        boolean bias = spec.bias == null ? spec.norm == null : spec.bias;
        this.conv = child("conv", new Conv2d(spec.conv.bias(bias)));
        conv.weight().init(Init.kaimingNormalFanOut(conv.weight().shape()));
        conv.bias().ifPresent(b -> b.init(Init.ZEROS));
        this.padding = spec.same ? Optional.of(AdaptivePadding.same(spec.conv)) : Optional.empty();
        int channels = spec.conv.out();
        NormSpec normSpec = spec.norm;
        this.norm = normSpec == null
                ? Optional.empty()
                : Optional.of(child(normSpec.kind().abbreviation(), normSpec.build(channels)));
        ActSpec actSpec = spec.act;
        this.activate = actSpec == null ? Optional.empty() : Optional.of(child("activate", actSpec.build(channels)));
    }

    /// A module of the given channels and square kernel, so far with neither norm nor activation.
    public static Spec of(int in, int out, int kernel) {
        return new Spec(ConvSpec.of(in, out, kernel));
    }

    public static Spec of(int in, int out, Size kernel) {
        return new Spec(ConvSpec.of(in, out, kernel));
    }

    /// A module around that convolution, whose own say about a bias does not count.
    public static Spec of(ConvSpec conv) {
        return new Spec(conv);
    }

    /// The convolution alone, for heads that share it.
    public Conv2d conv() {
        return conv;
    }

    /// Lets the output start at 0, so that a residual branch starts as nothing.
    public void startAtZero() {
        Layer last = norm.isPresent() ? norm.get() : conv;
        last.ownParameter("weight").ifPresent(w -> w.init(Init.ZEROS));
        last.ownParameter("bias").ifPresent(b -> b.init(Init.ZEROS));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = conv.call(padding.isPresent() ? padding.get().pad(x) : x);
        y = norm.isPresent() ? norm.get().call(y) : y;
        return activate.isPresent() ? activate.get().call(y) : y;
    }

    /// What to build; each method returns this.
    public static final class Spec {

        private ConvSpec conv;
        private @Nullable NormSpec norm;
        private @Nullable ActSpec act;
        private @Nullable Boolean bias;
        private boolean same;

        private Spec(ConvSpec conv) {
            this.conv = conv;
        }

        public Spec stride(int pixels) {
            conv = conv.stride(pixels);
            return this;
        }

        public Spec padding(int pixels) {
            conv = conv.padding(pixels);
            return this;
        }

        public Spec padding(Size pixels) {
            conv = conv.padding(pixels);
            return this;
        }

        /// Pads as much as it takes for `ceil(size / stride)` pixels to come out, as TensorFlow's `SAME` does.
        public Spec samePadding() {
            same = true;
            return this;
        }

        public Spec dilation(int pixels) {
            conv = conv.dilation(pixels);
            return this;
        }

        public Spec dilation(Size pixels) {
            conv = conv.dilation(pixels);
            return this;
        }

        public Spec groups(int count) {
            conv = conv.groups(count);
            return this;
        }

        public Spec bias(boolean has) {
            bias = has;
            return this;
        }

        public Spec norm(NormSpec spec) {
            norm = spec;
            return this;
        }

        public Spec norm(Optional<NormSpec> spec) {
            norm = spec.orElse(null);
            return this;
        }

        public Spec act(ActSpec spec) {
            act = spec;
            return this;
        }

        public Spec act(Optional<ActSpec> spec) {
            act = spec.orElse(null);
            return this;
        }

        public ConvModule build() {
            return new ConvModule(this);
        }
    }
}
