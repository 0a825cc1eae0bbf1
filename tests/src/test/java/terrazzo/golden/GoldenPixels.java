package terrazzo.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.nn.Module;
import terrazzo.models.Loss;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;

/// The logits, labels and weights that `losses.json` and `ohem.json` were made with. The logits are a parameter, so
/// that
/// they get a gradient.
final class GoldenPixels extends Module {

    static final int H = 12;
    static final int W = 10;
    private static final int N = 2;

    private final Parameter logits;
    private final int classes;
    private final long ignored;

    /// @param channels channels of the logits
    /// @param classes classes of the labels
    GoldenPixels(int channels, int classes) {
        this.logits = parameter("logits", Init.ZEROS, N, channels, H, W);
        this.classes = classes;
        this.ignored = 255;
    }

    static JsonNode load(String file) throws IOException {
        return new ObjectMapper().readTree(Path.of("golden", file).toFile());
    }

    /// The pixels of a new graph, which takes `label` and, if `weighted`, `weight` as inputs.
    Loss.Pixels trace(Trace trace, boolean weighted) {
        Tensor label = trace.input("label", DType.INT64, size(N), size(H), size(W));
        Optional<Tensor> weight = weighted
                ? Optional.of(trace.input("weight", DType.FLOAT32, size(N), size(H), size(W)))
                : Optional.empty();
        return new Loss.Pixels(trace.weight(logits), label, weight, Math.toIntExact(ignored));
    }

    TorchTensor logits(TorchScope scope) {
        long[] shape = logits.shape().toLongs();
        ByteBuffer numbers =
                NamedTensor.named("loss_pred").floats(logits.shape().numel().intValue(), 3, 0);
        return scope.bytes(DType.FLOAT32, numbers, shape);
    }

    TorchTensor label(TorchScope scope) {
        NamedTensor u = NamedTensor.named("loss_label");
        long[] labels = new long[N * H * W];
        for (int i = 0; i < labels.length; i++) {
            long label = (long) Math.floor((u.at(i) + 1) / 2 * (classes + 1));
            labels[i] = label >= classes ? ignored : label;
        }
        return scope.longs(labels, N, H, W);
    }

    TorchTensor weight(TorchScope scope) {
        ByteBuffer numbers = NamedTensor.named("pixel_weight").floats(N * H * W, 0.5, 0.5);
        return scope.bytes(DType.FLOAT32, numbers, N, H, W);
    }

    private static Dim size(long pixels) {
        return Dim.of(pixels);
    }
}
