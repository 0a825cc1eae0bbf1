package terrazzo.models;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.nn.Module;

/// A whole model.
public abstract class Segmentor extends Module {

    protected Segmentor() {}

    /// Logits of the size of the image.
    ///
    /// @param img `[N, 3, H, W]` float32, normalised
    /// @return `[N, K, H, W]`
    public abstract Tensor encodeDecode(Tensor img);

    /// Losses and accuracies by the names that logs use, for example `decode.loss_ce` and `aux.acc_seg`.
    ///
    /// @param label class indices `[N, H, W]` int64
    public abstract Map<String, Tensor> loss(Tensor img, Tensor label);

    /// What [#encodeDecode] and [#loss] take: `[N, channels, H, W]`. Height and width are open; a model that can't take
    /// all of them says so by a [terrazzo.graph.ir.Requirement].
    public final Tensor image(Trace trace, int channels) {
        return trace.input("img", DType.FLOAT32, Dim.symbol("N"), Dim.of(channels), Dim.symbol("H"), Dim.symbol("W"));
    }

    /// The size of an image that the model is made for (less than a patch more fits, too); empty where it takes any.
    public Optional<Size> inputSize() {
        return Optional.empty();
    }

    /// What the sides of an image must be multiples of; 1 where any will do.
    public int sizeDivisor() {
        return 1;
    }

    /// Classes that the model tells apart.
    public abstract int numClasses();

    /// How logits are resized to the original image.
    public abstract boolean alignCorners();

    /// What training minimises: the sum of everything whose name says that it is a loss.
    public static Tensor total(Map<String, Tensor> losses) {
        return losses.entrySet().stream()
                .filter(e -> e.getKey().contains("loss"))
                .map(Map.Entry::getValue)
                .reduce(Tensor::add)
                .orElseThrow(() -> new IllegalArgumentException("expected a loss among " + losses.keySet()));
    }

    /// The same entries under `prefix.name`.
    public static Map<String, Tensor> prefixed(String prefix, Map<String, Tensor> losses) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        losses.forEach((name, value) -> named.put(prefix + "." + name, value));
        return named;
    }
}
