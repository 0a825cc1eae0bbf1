package terrazzo.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.data.loading.SegDataPreProcessor;
import terrazzo.data.loading.SegDataPreProcessor.Padding;
import terrazzo.data.loading.SegDataPreProcessor.Statistics;
import terrazzo.data.sample.FlipDirection;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.ir.ShapeOp.Flip;
import terrazzo.graph.ir.ShapeOp.Pad2d;
import terrazzo.graph.ir.ShapeOp.PadMode;
import terrazzo.graph.passes.Hoisted;
import terrazzo.graph.passes.Passes;
import terrazzo.models.Segmentor;

/// The graphs of one model: image to input, input to logits, logits to labels. All sizes are symbolic, so
/// they are compiled once and serve every image.
///
/// @param model the network
/// @param preprocessor what happens to images before it
/// @param channels of the image
record InferenceGraphs(Segmentor model, SegDataPreProcessor preprocessor, int channels) {

    /// How much of the weights is in memory twice while they are prepared.
    private static final long PREPARED_AT_ONCE = 32L << 20;

    private static final String PREPARE = "prepare_";
    /// From input `[1, C, H, W]` to logits `[1, K, H, W]`.
    static final String LOGITS = "logits";
    /// From input to the part of it in rows `y1` to `y2` and columns `x1` to `x2`.
    static final String WINDOW = "window";
    /// From logits to labels `[oh, ow]` u8; the first `ch` rows and `cw` columns of the logits are image,
    /// not padding.
    static final String LABELS = "labels";
    /// As [#LABELS], and the probability of the label in 1/255.
    static final String CONFIDENCE = "confidence";
    /// As [#LABELS], and the logits `[K, oh, ow]` that led to them.
    static final String RESIZED = "resized";
    /// The sum of two tensors.
    static final String ADD = "add";
    /// From summed probabilities `[1, K, oh, ow]` of `n` views to labels, their probability in 1/255, and
    /// the mean.
    static final String DECIDE = "decide";

    /// Whether a method makes of a part of the weights what the network reads: folded kernels and the like.
    static boolean prepares(String method) {
        return method.startsWith(PREPARE);
    }

    /// The graph that makes the network's input of images of bytes or floats.
    static String preprocess(DType dtype) {
        return dtype == DType.UINT8 ? "preprocess_bytes" : "preprocess_floats";
    }

    /// The graph that makes probabilities `[1, K, oh, ow]` of logits and undoes a flip.
    static String probabilities(@Nullable FlipDirection flip) {
        return switch (flip) {
            case null -> "probabilities";
            case HORIZONTAL -> "probabilities_horizontal";
            case VERTICAL -> "probabilities_vertical";
            case DIAGONAL -> "probabilities_diagonal";
        };
    }

    /// Graphs by method name.
    Map<String, Graph> build(Precision precision) {
        Map<String, Graph> graphs = new LinkedHashMap<>();
        Hoisted network = Hoisted.of(network(precision));
        for (Graph part : network.prepareInParts(PREPARED_AT_ONCE)) {
            graphs.put(PREPARE + graphs.size(), part);
        }
        graphs.put(LOGITS, network.main());
        graphs.put(preprocess(DType.UINT8), preprocessing(DType.UINT8));
        graphs.put(preprocess(DType.FLOAT32), preprocessing(DType.FLOAT32));
        graphs.put(WINDOW, window());
        graphs.put(LABELS, labels());
        graphs.put(CONFIDENCE, confidence());
        graphs.put(RESIZED, resized());
        graphs.put(probabilities(null), probabilityGraph(List.of()));
        graphs.put(probabilities(FlipDirection.HORIZONTAL), probabilityGraph(List.of(3)));
        graphs.put(probabilities(FlipDirection.VERTICAL), probabilityGraph(List.of(2)));
        graphs.put(probabilities(FlipDirection.DIAGONAL), probabilityGraph(List.of(2, 3)));
        graphs.put(ADD, sum());
        graphs.put(DECIDE, decide());
        return graphs;
    }

    private Graph network(Precision precision) {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Graph graph = trace.finish(Map.of("logits", model.encodeDecode(model.image(trace, channels))));
        return switch (precision) {
            case FP32 -> Passes.forInference(graph);
            case BF16 -> Passes.forInferenceInBfloat16(graph);
        };
    }

    /// Swaps channels, normalises, pads at the right and the bottom to `ph` by `pw`.
    private Graph preprocessing(DType dtype) {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Dim h = Dim.symbol("H");
        Dim w = Dim.symbol("W");
        Tensor raw = trace.input("img", dtype, h, w, Dim.of(channels));
        Dim paddedH = trace.size("ph");
        Dim paddedW = trace.size("pw");
        Tensor x = raw.unsqueeze(0).permute(0, 3, 1, 2); // [1, C, H, W]
        if (preprocessor.swapChannels() && channels == 3) {
            x = x.flip(1);
        }
        x = x.to(DType.FLOAT32);
        if (preprocessor.normalize().isPresent()) {
            Statistics statistics = preprocessor.normalize().get();
            x = x.sub(perChannel(x, statistics.mean())).div(perChannel(x, statistics.std()));
        }
        if (!preprocessor.test().equals(Padding.NONE) || model.sizeDivisor() > 1) {
            x = x.apply(new Pad2d(
                    Dim.ZERO, paddedW.minus(w), Dim.ZERO, paddedH.minus(h), PadMode.CONSTANT, preprocessor.padVal()));
        }
        return trace.finish(Map.of("x", x));
    }

    private static Tensor perChannel(Tensor x, List<Double> numbers) {
        return x.literal(Shape.of(1, numbers.size(), 1, 1), numbers, DType.FLOAT32);
    }

    private Graph window() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor x = trace.input("x", DType.FLOAT32, Dim.ONE, Dim.of(channels), Dim.symbol("H"), Dim.symbol("W"));
        Tensor part = x.slice(2, trace.size("y1"), trace.size("y2")).slice(3, trace.size("x1"), trace.size("x2"));
        return trace.finish(Map.of("x", part));
    }

    private Graph labels() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        return trace.finish(Map.of("labels", toLabels(atOriginalSize(trace))));
    }

    private Graph confidence() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        List<Tensor> best = atOriginalSize(trace).softmax(1).maxWithIndex(1); // each [1, oh, ow]
        Map<String, Tensor> results = new LinkedHashMap<>();
        results.put("labels", best.get(1).to(DType.UINT8).squeeze(0));
        results.put("confidence", in255(best.get(0)));
        return trace.finish(results);
    }

    private Graph resized() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor logits = atOriginalSize(trace);
        Map<String, Tensor> results = new LinkedHashMap<>();
        results.put("labels", toLabels(logits));
        results.put("logits", logits.squeeze(0));
        return trace.finish(results);
    }

    private Graph probabilityGraph(List<Integer> flipped) {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor probabilities = atOriginalSize(trace).softmax(1);
        return trace.finish(
                Map.of("probabilities", flipped.isEmpty() ? probabilities : probabilities.apply(new Flip(flipped))));
    }

    private Graph sum() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        return trace.finish(Map.of("sum", scores(trace, "a").add(scores(trace, "b"))));
    }

    private Graph decide() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor sum = scores(trace, "sum");
        Tensor count = trace.input("n", DType.FLOAT32, Dim.ONE);
        Tensor mean = sum.div(count);
        Map<String, Tensor> results = new LinkedHashMap<>();
        results.put("labels", toLabels(mean));
        results.put("confidence", in255(mean.reduce(ReduceKind.AMAX, 1)));
        results.put("mean", mean.squeeze(0));
        return trace.finish(results);
    }

    /// The logits without padding, bilinear at the original size: `[1, K, oh, ow]`.
    private Tensor atOriginalSize(Trace trace) {
        Tensor logits = scores(trace, "logits");
        Tensor image = logits.slice(2, Dim.ZERO, trace.size("ch")).slice(3, Dim.ZERO, trace.size("cw"));
        return image.resize(Interpolation.BILINEAR, trace.size("oh"), trace.size("ow"), model.alignCorners());
    }

    private Tensor scores(Trace trace, String name) {
        return trace.input(name, DType.FLOAT32, Dim.ONE, Dim.of(model.numClasses()), Dim.symbol("H"), Dim.symbol("W"));
    }

    /// `[1, K, H, W]` to `[H, W]` u8.
    private static Tensor toLabels(Tensor scores) {
        return scores.argMax(1).to(DType.UINT8).squeeze(0);
    }

    /// Probabilities `[1, H, W]` in 1/255 as `[H, W]` u8.
    private static Tensor in255(Tensor probabilities) {
        return probabilities.mul(255).add(0.5).to(DType.UINT8).squeeze(0);
    }
}
