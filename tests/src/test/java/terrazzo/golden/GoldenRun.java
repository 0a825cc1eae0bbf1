package terrazzo.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.ir.Weight;
import terrazzo.models.Segmentor;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;

/// Runs one model on the inputs that its golden figures were made with and says what differs.
final class GoldenRun {

    private static final long IGNORE = 255;
    private static final int LABEL_BLOCK = 8;

    private final TorchRuntime runtime;
    private final GoldenModel golden;
    private final Segmentor model;

    GoldenRun(TorchRuntime runtime, GoldenModel golden, Segmentor model) {
        this.runtime = runtime;
        this.golden = golden;
        this.model = model;
    }

    /// State-dict keys and shapes that differ, in order; empty when all are as they should be.
    List<String> stateDifferences() {
        List<String> expected = golden.state();
        List<String> got = model.state().stream().map(Parameter::toString).toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), got.size()) && differences.size() < 5; i++) {
            String e = i < expected.size() ? expected.get(i) : "nothing";
            String g = i < got.size() ? got.get(i) : "nothing";
            if (!e.equals(g)) {
                differences.add("state[" + i + "]: expected " + e + ", got " + g);
            }
        }
        return differences;
    }

    /// The logits in evaluation.
    Comparison eval() {
        Comparison comparison = new Comparison("logit");
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor logits = model.encodeDecode(image(trace));
        try (TorchScope scope = runtime.scope()) {
            TorchTensor got = run(scope, trace.finish(Map.of("logits", logits))).getFirst();
            long[] shape = GoldenModel.longs(golden.json().get("logits_shape"));
            if (!Arrays.equals(shape, got.shape())) {
                comparison.differs(
                        "logits: expected " + Arrays.toString(shape) + ", got " + Arrays.toString(got.shape()));
                return comparison;
            }
            compareSamples(comparison, got.toFloats(), shape);
            if (!comparison.isMet()) {
                comparison.differs(firstDifferingModule());
            }
            return comparison;
        }
    }

    private void compareSamples(Comparison comparison, float[] logits, long[] shape) {
        int step = golden.json().get("sample_step").asInt();
        int offset = golden.json().get("sample_offset").asInt();
        double std = golden.json().get("std").asDouble();
        int h = (int) shape[2];
        int w = (int) shape[3];
        int next = 0;
        for (int plane = 0; plane < shape[0] * shape[1]; plane++) {
            for (int y = offset; y < h; y += step) {
                for (int x = offset; x < w; x += step) {
                    double expected = golden.samples()[next++];
                    double got = logits[(plane * h + y) * w + x];
                    String name = "[plane " + plane + ", " + y + ", " + x + "]";
                    comparison.figure(name, expected, got, 1e-3 * std + 1e-4 * Math.abs(expected));
                }
            }
        }
        if (next != golden.samples().length) {
            comparison.differs("expected " + golden.samples().length + " samples, got " + next);
        }
    }

    /// The first module, in the order of our calls, whose output's mean or deviation is not the
    /// reference's.
    private String firstDifferingModule() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor _ = model.encodeDecode(image(trace)); // for its calls
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>();
        List<JsonNode> expected = new ArrayList<>();
        Map<String, Integer> callsByPath = new LinkedHashMap<>();
        for (Trace.Call call : trace.calls()) {
            int number = callsByPath.merge(call.path(), 1, Integer::sum) - 1;
            JsonNode figures = golden.json().get("trace").path(call.path()).path(number);
            for (int i = 0; i < call.outputs().size() && figures.has(i); i++) {
                Tensor y = call.outputs().get(i).to(DType.FLOAT32);
                Tensor mean = y.mean();
                outputs.put("mean" + expected.size(), mean);
                outputs.put("var" + expected.size(), y.sub(mean).pow(2).reduce(ReduceKind.MEAN));
                outputs.put("shape" + expected.size(), y);
                paths.add(call.path() + " (call " + number + ", output " + i + ")");
                expected.add(figures.get(i));
            }
        }
        try (TorchScope scope = runtime.scope()) {
            List<TorchTensor> got = run(scope, trace.finish(outputs));
            for (int i = 0; i < expected.size(); i++) {
                double mean = got.get(3 * i).toFloat();
                double std = Math.sqrt(got.get(3 * i + 1).toFloat());
                long[] shape = got.get(3 * i + 2).shape();
                JsonNode figures = expected.get(i);
                double expectedStd = figures.get(2).asDouble();
                double tolerance = 2e-3 * Math.abs(expectedStd) + 1e-5;
                boolean close = Arrays.equals(GoldenModel.longs(figures.get(0)), shape)
                        && Math.abs(mean - figures.get(1).asDouble()) <= tolerance
                        && Math.abs(std - expectedStd) <= tolerance * 2;
                if (!close) {
                    return "first module that differs: " + paths.get(i) + ": expected " + figures + ", got "
                            + Arrays.toString(shape) + " " + mean + " " + std;
                }
            }
        }
        return "no traced module differs (" + expected.size() + " compared): look behind the last one";
    }

    /// Losses and gradient norms of one step of training.
    record Training(Comparison losses, Comparison gradients) {}

    Training train() {
        Trace trace = new Trace(Trace.Mode.TRAIN);
        Map<String, Tensor> losses = model.loss(image(trace), label(trace));
        Map<String, Tensor> outputs = new LinkedHashMap<>(Map.of("total", Segmentor.total(losses)));
        outputs.putAll(losses);
        Graph graph = trace.finish(outputs);
        try (TorchScope scope = runtime.scope();
                TorchWeights weights = weights(scope, graph)) {
            weights.requireGradients(graph);
            TorchProgram program = runtime.compile(Map.of("loss", graph));
            long[] shape = golden.input();
            shape[0] = 2;
            List<TorchTensor> inputs = new ArrayList<>();
            inputs.add(scope.bytes(DType.FLOAT32, NamedTensor.input("train_input", product(shape)), shape));
            inputs.add(scope.longs(labels(shape[2], shape[3]), 2, shape[2], shape[3]));
            List<TorchTensor> got = program.runWithGradients(scope, "loss", inputs, weights);
            got.getFirst().backward();
            return new Training(losses(List.copyOf(graph.outputs().keySet()), got), gradients(weights, graph));
        }
    }

    private Comparison losses(List<String> names, List<TorchTensor> got) {
        Comparison comparison = new Comparison("loss");
        JsonNode all = golden.train().get("losses");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (isRandomLoss(name)) {
                continue;
            }
            JsonNode figure = name.equals("total") ? golden.train().get("total") : all.get(name);
            double value = got.get(i).toFloats()[0];
            if (figure == null) {
                comparison.differs("loss " + name + ": expected none, got " + value);
            } else {
                comparison.figure(name, figure.asDouble(), value, 1e-4 * Math.abs(figure.asDouble()) + 1e-9);
            }
        }
        all.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                comparison.differs("loss " + name + ": expected one, got none");
            }
        });
        return comparison;
    }

    /// Whether the reference's dropout was at work in that loss.
    private boolean isRandomLoss(String name) {
        List<GoldenModel.RandomHead> heads = golden.randomHeads();
        return name.equals("total") ? !heads.isEmpty() : heads.stream().anyMatch(h -> name.startsWith(h.lossPrefix()));
    }

    /// Whether the reference's dropout was at work in that gradient: in a head that dropped, or before
    /// all heads.
    private boolean isRandomGradient(String key) {
        List<GoldenModel.RandomHead> heads = golden.randomHeads();
        boolean inHead = key.startsWith("decode_head.") || key.startsWith("auxiliary_head.");
        return inHead ? heads.stream().anyMatch(h -> key.startsWith(h.keyPrefix())) : !heads.isEmpty();
    }

    private Comparison gradients(TorchWeights weights, Graph graph) {
        Comparison comparison = new Comparison("gradient");
        JsonNode norms = golden.train().get("grad_norms");
        double largest = 0;
        for (JsonNode norm : norms) {
            largest = Math.max(largest, norm.asDouble());
        }
        Map<String, Boolean> read = new LinkedHashMap<>();
        graph.weights().forEach(w -> read.put(w.key(), w.trainable()));
        for (Map.Entry<String, JsonNode> entry : norms.properties()) {
            String key = entry.getKey();
            if (isRandomGradient(key)) {
                continue;
            }
            double expected = entry.getValue().asDouble();
            double got = Boolean.TRUE.equals(read.get(key))
                    ? weights.get(key).gradient().map(GoldenRun::norm).orElse(0.0)
                    : 0;
            comparison.figure(key, expected, got, Math.max(1e-2 * expected, 1e-5 * largest));
        }
        return comparison;
    }

    static double norm(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += (double) number * number;
        }
        return Math.sqrt(sum);
    }

    private Tensor image(Trace trace) {
        return model.image(trace, (int) golden.input()[1]);
    }

    private static Tensor label(Trace trace) {
        return trace.input("label", DType.INT64, Dim.symbol("N"), Dim.symbol("H"), Dim.symbol("W"));
    }

    /// One compiled program on images of several sizes: what is wrong with its logits, empty when nothing
    /// is. At the size `odd` they are held against those of a program for that size alone. A model that
    /// takes one size only must refuse the others and say which it takes. Sides are rounded up to what the
    /// model wants multiples of, as inference pads; where a pooling window is larger than the features of a
    /// small image, as LRASPPHead's of 49x49, the reference refuses it, too.
    List<String> sizeDifferences(List<Size> given, Size oddGiven) {
        List<Size> sizes = given.stream().map(this::multiple).toList();
        Size odd = multiple(oddGiven);
        List<String> differences = new ArrayList<>();
        Trace trace = new Trace(Trace.Mode.EVAL);
        Graph graph = trace.finish(Map.of("logits", model.encodeDecode(image(trace))));
        try (TorchScope scope = runtime.scope();
                TorchWeights weights = weights(scope, graph)) {
            TorchProgram program = runtime.compile(Map.of("run", graph));
            for (Size size : sizes) {
                try (TorchScope once = runtime.scope()) {
                    float[] got = logits(once, program, weights, size);
                    if (!model.inputSize().orElse(size).equals(size)) {
                        differences.add(size + ": expected a refusal, got logits");
                    } else if (size.equals(odd)) {
                        TorchProgram alone = runtime.compile(Map.of("run", graphFor(size)));
                        if (!isClose(logits(once, alone, weights, size), got)) {
                            differences.add(size + ": a program for this size alone gives other logits");
                        }
                    } else if (!isClose(got, got)) {
                        differences.add(size + ": not all logits are finite");
                    }
                } catch (ShapeException e) {
                    if (size.equals(model.inputSize().orElse(sizes.getLast())) || !isRefusal(size, e.getMessage())) {
                        differences.add(size + ": " + e.getMessage());
                    }
                }
            }
        }
        return differences;
    }

    /// Whether a message says which size the model takes: its only one, or the least for a window of its head.
    private boolean isRefusal(Size size, @Nullable String message) {
        String got = size.height() + "x" + size.width();
        return model.inputSize()
                .map(only -> "expected an image of " + only.height() + "x" + only.width() + " (img_size), got " + got
                        + " — resize it, or slide a window of that size")
                .map(wanted -> wanted.equals(message))
                .orElseGet(() -> String.valueOf(message)
                        .matches("decode_head: expected a level of 49x49 or more, got \\d+x\\d+"
                                + " — use images of \\d+x\\d+ or more"));
    }

    private Size multiple(Size size) {
        int divisor = model.sizeDivisor();
        return new Size(Math.ceilDiv(size.height(), divisor) * divisor, Math.ceilDiv(size.width(), divisor) * divisor);
    }

    private Graph graphFor(Size size) {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor img = trace.input(
                "img", DType.FLOAT32, Dim.ONE, Dim.of(golden.input()[1]), Dim.of(size.height()), Dim.of(size.width()));
        return trace.finish(Map.of("logits", model.encodeDecode(img)));
    }

    private float[] logits(TorchScope scope, TorchProgram program, TorchWeights weights, Size size) {
        long[] shape = {1, golden.input()[1], size.height(), size.width()};
        ByteBuffer input = NamedTensor.input("input", product(shape));
        TorchTensor logits = program.run(scope, "run", List.of(scope.bytes(DType.FLOAT32, input, shape)), weights)
                .getFirst();
        long[] expected = {1, model.numClasses(), size.height(), size.width()};
        if (!Arrays.equals(expected, logits.shape())) {
            throw new ShapeException(
                    Complaint.at("logits").expected(Arrays.toString(expected)).got(Arrays.toString(logits.shape())));
        }
        return logits.toFloats();
    }

    /// Whether two results of the same operators on the same numbers agree, all of them finite.
    private static boolean isClose(float[] expected, float[] got) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(got[i] - expected[i]) <= 1e-4f * Math.max(1, Math.abs(expected[i])))) {
                return false;
            }
        }
        return true;
    }

    private List<TorchTensor> run(TorchScope scope, Graph graph) {
        TorchProgram program = runtime.compile(Map.of("run", graph));
        long[] shape = golden.input();
        ByteBuffer input = NamedTensor.input(golden.inputName(), product(shape));
        try (TorchWeights weights = weights(scope, graph)) {
            return program.run(scope, "run", List.of(scope.bytes(DType.FLOAT32, input, shape)), weights);
        }
    }

    private TorchWeights weights(TorchScope scope, Graph graph) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        Map<String, String> lastNames = new LinkedHashMap<>(); // the figures were made by filling every key in order
        model.state().forEach(p -> {
            parameters.put(p.key(), p);
            lastNames.put(p.original().orElse(p).key(), p.key());
        });
        return TorchWeights.of(graph, (Weight w) -> {
            long[] shape = w.value().type().shape().toLongs();
            if (w.value().type().dtype().isFloating()) {
                return scope.bytes(
                        DType.FLOAT32, NamedTensor.parameter(lastNames.getOrDefault(w.key(), w.key()), shape), shape);
            }
            Parameter parameter = parameters.get(w.key());
            if (parameter == null) {
                throw new IllegalStateException("no parameter " + w.key());
            }
            return scope.longs(integers(parameter, product(shape)), shape);
        });
    }

    /// Integer buffers keep what their constructor gives them.
    private static long[] integers(Parameter parameter, long count) {
        long[] numbers = new long[Math.toIntExact(count)];
        switch (parameter.init()) {
            case Init.Constant(var value) -> Arrays.fill(numbers, (long) value);
            case Init.Computed(var at) -> Arrays.setAll(numbers, i -> (long) at.applyAsDouble(i));
            case Init.Uniform _, Init.Normal _, Init.TruncatedNormal _ ->
                throw new IllegalStateException("integers are not drawn: " + parameter);
        }
        return numbers;
    }

    /// The classes of two label maps in blocks of 8 by 8 pixels, some ignored.
    private long[] labels(long h, long w) {
        int classes = golden.train().get("num_classes").asInt();
        NamedTensor u = NamedTensor.named("train_label");
        long[] labels = new long[Math.toIntExact(2 * h * w)];
        for (int n = 0; n < 2; n++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    long corner = (n * h + (y - y % LABEL_BLOCK)) * w + (x - x % LABEL_BLOCK);
                    long label = (long) Math.floor((u.at(corner) + 1) / 2 * (classes + 1));
                    labels[Math.toIntExact((n * h + y) * w + x)] = label >= classes ? IGNORE : label;
                }
            }
        }
        return labels;
    }

    private static long product(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
