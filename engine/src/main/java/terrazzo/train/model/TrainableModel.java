package terrazzo.train.model;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.Size;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.data.loading.InputBatch;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.passes.Passes;
import terrazzo.models.Segmentor;
import terrazzo.runtime.TorchMethods;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;

/// A network whose weights live in native memory and can be moved. One compiled program serves every size of batch and
/// crop; what an iteration needs is freed at its end. Used by one thread.
public final class TrainableModel implements AutoCloseable {

    private static final String TRAIN = "train";
    private static final String VALIDATE = "validate";
    private static final String TOTAL = "loss";
    private static final String COPY = """
          def copy(self, to: List[Tensor], source: List[Tensor]) -> List[Tensor]:
            torch._foreach_copy_(to, source)
            return annotate(List[Tensor], [])
        """.indent(0);

    private final TorchRuntime runtime;
    private final Segmentor segmentor;
    private final TorchProgram program;
    private final TorchMethods methods;
    private final TorchScope scope;
    private final Map<String, TorchTensor> tensorByKey = new LinkedHashMap<>();
    private final Map<String, TorchWeights> weightsByMethod = new LinkedHashMap<>();

    /// How a model computes.
    public enum Precision {
        /// 32 bits, laid out as PyTorch does by default: sums in the reference's order, and slower.
        PLAIN,
        /// 32 bits, the channels of a pixel side by side.
        FP32,
        /// The same with convolutions and matrix products in bfloat16; weights stay in 32 bits.
        BF16
    }

    /// @param runtime where the weights live; not closed by this
    /// @param segmentor the network
    /// @param start the numbers to start with
    public TrainableModel(TorchRuntime runtime, Segmentor segmentor, Precision precision, InitialWeights start) {
        this.runtime = runtime;
        this.segmentor = segmentor;
        Map<String, Graph> graphs = new LinkedHashMap<>();
        graphs.put(TRAIN, optimised(graph(segmentor, Trace.Mode.TRAIN), precision));
        validation(segmentor).forEach(graph -> graphs.put(VALIDATE, optimised(graph, precision)));
        this.program = runtime.compile(graphs);
        this.methods = runtime.methods(COPY);
        this.scope = runtime.scope();
        for (Parameter parameter : segmentor.state()) {
            if (parameter.original().isEmpty()) {
                tensorByKey.put(parameter.key(), create(parameter, start));
            }
        }
        graphs.forEach((method, graph) -> weightsByMethod.put(method, TorchWeights.of(graph, w -> tensor(w.key()))));
        weights(TRAIN).requireGradients(program.graph(TRAIN));
    }

    private static Graph optimised(Graph graph, Precision precision) {
        return switch (precision) {
            case PLAIN -> graph;
            case FP32 -> Passes.forTraining(graph);
            case BF16 -> Passes.forTrainingInBfloat16(graph);
        };
    }

    private static Graph graph(Segmentor segmentor, Trace.Mode mode) {
        Trace trace = new Trace(mode);
        Dim n = Dim.symbol("N");
        Dim h = Dim.symbol("H");
        Dim w = Dim.symbol("W");
        Tensor img = trace.input("img", DType.FLOAT32, n, Dim.of(3), h, w);
        Tensor label = label(trace, mode);
        Map<String, Tensor> losses = segmentor.loss(img, label.to(DType.INT64));
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put(TOTAL, Segmentor.total(losses));
        outputs.putAll(losses);
        return trace.finish(outputs);
    }

    /// In evaluation label maps may be of the original size, other than the image's.
    private static Tensor label(Trace trace, Trace.Mode mode) {
        String prefix = mode == Trace.Mode.TRAIN ? "" : "L";
        return trace.input("label", DType.UINT8, Dim.symbol("N"), Dim.symbol(prefix + "H"), Dim.symbol(prefix + "W"));
    }

    /// The losses in evaluation; none for models whose losses only exist in training.
    private static List<Graph> validation(Segmentor segmentor) {
        try {
            return List.of(graph(segmentor, Trace.Mode.EVAL));
        } catch (ShapeException _) {
            return List.of();
        }
    }

    private TorchTensor create(Parameter parameter, InitialWeights start) {
        long[] shape = parameter.shape().toLongs();
        return parameter.dtype() == DType.INT64
                ? scope.longs(start.longs(parameter), shape)
                : scope.floats(start.floats(parameter), shape);
    }

    public TorchRuntime runtime() {
        return runtime;
    }

    public Segmentor segmentor() {
        return segmentor;
    }

    /// The tensor of a state-dict key, the one that training moves.
    public TorchTensor tensor(String key) {
        TorchTensor tensor = tensorByKey.get(key);
        if (tensor == null) {
            throw new IllegalArgumentException("the model has no '" + key + "'");
        }
        return tensor;
    }

    /// All tensors by state-dict key, without aliases.
    public Map<String, TorchTensor> tensors() {
        return Map.copyOf(tensorByKey);
    }

    /// Copies numbers into a tensor.
    ///
    /// @param numbers of the same shape
    public void load(String key, HostTensor numbers) {
        try (TorchScope inner = runtime.scope();
                TorchWeights to = TorchWeights.of(List.of(tensor(key)));
                TorchWeights from = TorchWeights.of(List.of(inner.host(numbers)))) {
            methods.call(inner, "copy", List.of(to, from));
        }
    }

    private TorchWeights weights(String method) {
        TorchWeights weights = weightsByMethod.get(method);
        if (weights == null) {
            throw new IllegalStateException("no method " + method);
        }
        return weights;
    }

    /// Computes losses of a batch and adds their gradients to what the weights have.
    ///
    /// @param scale factor of the gradients, for adding up several batches
    /// @return `loss`, the sum of all, then each loss and accuracy by name
    public Map<String, Double> forwardBackward(InputBatch batch, double scale) {
        try (TorchScope inner = runtime.scope()) {
            List<TorchTensor> found = program.runWithGradients(inner, TRAIN, inputs(inner, batch), weights(TRAIN));
            found.getFirst().backward(scale);
            return named(TRAIN, found);
        }
    }

    /// Computes losses and gradients of a batch and leaves the weights, running statistics included, as they were.
    public void tryOut(InputBatch batch) {
        Map<String, HostTensor> before = new LinkedHashMap<>();
        for (Parameter p : segmentor.state()) {
            if (p.kind() == Parameter.Kind.BUFFER && p.original().isEmpty()) {
                before.put(
                        p.key(),
                        HostTensor.of(
                                p.dtype(),
                                sizes(p),
                                MemorySegment.ofArray(tensor(p.key()).toBytes())));
            }
        }
        forwardBackward(batch, 1);
        before.forEach(this::load);
    }

    private static List<Long> sizes(Parameter parameter) {
        return Arrays.stream(parameter.shape().toLongs()).boxed().toList();
    }

    /// Whether losses can be computed without training.
    public boolean hasValidationLoss() {
        return weightsByMethod.containsKey(VALIDATE);
    }

    /// Losses of a batch as in evaluation: no dropout, running statistics.
    public Map<String, Double> validationLoss(InputBatch batch) {
        try (TorchScope inner = runtime.scope()) {
            return named(VALIDATE, program.run(inner, VALIDATE, inputs(inner, batch), weights(VALIDATE)));
        }
    }

    private Map<String, Double> named(String method, List<TorchTensor> values) {
        Map<String, Double> named = new LinkedHashMap<>();
        int i = 0;
        for (String name : program.graph(method).outputs().keySet()) {
            named.put(name, (double) values.get(i++).toFloats()[0]);
        }
        return named;
    }

    private static List<TorchTensor> inputs(TorchScope scope, InputBatch batch) {
        long n = batch.count();
        Size size = batch.size();
        Size labels = batch.labelSize();
        return List.of(
                scope.floats(batch.asFloats(), n, batch.channels(), size.height(), size.width()),
                scope.bytes(DType.UINT8, batch.labels(), n, labels.height(), labels.width()));
    }

    @Override
    public void close() {
        weightsByMethod.values().forEach(TorchWeights::close);
        scope.close();
    }
}
