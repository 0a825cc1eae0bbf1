package terrazzo.golden;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.nn.Module;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;

/// The problem that `optimizers.json` was made with: `mean((x wᵀ + b - y)²)`.
final class LeastSquares implements AutoCloseable {

    private static final String METHOD = "loss";
    private static final int ROWS = 16;
    private static final int IN = 6;
    private static final int OUT = 4;

    private final TorchScope scope;
    private final TorchProgram program;
    private final TorchWeights weights;
    private final List<TorchTensor> inputs;
    private final TorchRuntime runtime;

    LeastSquares(TorchRuntime runtime) {
        this.runtime = runtime;
        this.scope = runtime.scope();
        Graph graph = new Model().graph();
        this.program = runtime.compile(Map.of(METHOD, graph));
        Map<String, TorchTensor> start = Map.of(
                "opt_w", tensor("opt_w", 1, OUT, IN),
                "opt_b", tensor("opt_b", 1, OUT));
        this.weights = TorchWeights.of(graph, w -> start.get(w.key()));
        weights.requireGradients(graph);
        this.inputs = List.of(tensor("opt_x", 1, ROWS, IN), tensor("opt_y", 2, ROWS, OUT));
    }

    private TorchTensor tensor(String name, double scale, long... shape) {
        long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return scope.bytes(DType.FLOAT32, NamedTensor.named(name).floats(count, scale, 0), shape);
    }

    private static final class Model extends Module {
        private final Parameter w = parameter("opt_w", Init.ZEROS, OUT, IN);
        private final Parameter b = parameter("opt_b", Init.ZEROS, OUT);

        Graph graph() {
            Trace trace = new Trace(Trace.Mode.TRAIN);
            Tensor x = trace.input("x", DType.FLOAT32, Dim.of(ROWS), Dim.of(IN));
            Tensor y = trace.input("y", DType.FLOAT32, Dim.of(ROWS), Dim.of(OUT));
            Tensor off = x.matmul(trace.weight(w).transpose(0, 1))
                    .add(trace.weight(b))
                    .sub(y);
            return trace.finish(Map.of("loss", off.mul(off).mean()));
        }
    }

    /// The loss, whose gradients are added to those there are.
    double backward() {
        try (TorchScope results = runtime.scope()) {
            TorchTensor loss =
                    program.runWithGradients(results, METHOD, inputs, weights).getFirst();
            loss.backward();
            return loss.toFloat();
        }
    }

    TorchTensor weight(String key) {
        return weights.get(key);
    }

    @Override
    public void close() {
        weights.close();
        scope.close();
    }
}
