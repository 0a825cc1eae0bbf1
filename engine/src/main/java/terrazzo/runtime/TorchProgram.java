package terrazzo.runtime;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.MethodCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.Graph;

/// Compiled graphs. Any number of threads may run one at the same time.
public final class TorchProgram {

    private final TorchRuntime runtime;
    private final PtSymbolBlock module;
    private final Map<String, Graph> graphByMethod;

    TorchProgram(TorchRuntime runtime, PtSymbolBlock module, Map<String, Graph> graphByMethod) {
        this.runtime = runtime;
        this.module = module;
        this.graphByMethod = Map.copyOf(graphByMethod);
    }

    public TorchRuntime runtime() {
        return runtime;
    }

    /// The graph behind a method.
    public Graph graph(String method) {
        Graph graph = graphByMethod.get(method);
        if (graph == null) {
            throw new IllegalArgumentException("expected one of " + graphByMethod.keySet() + ", got '" + method + "'");
        }
        return graph;
    }

    /// Names of the methods that have a graph.
    public Stream<String> methods() {
        return graphByMethod.keySet().stream();
    }

    /// Runs a method without gradients.
    ///
    /// @param scope owns the results
    /// @param inputs tensors in the order of the graph's inputs
    /// @param weights in the order of the graph's weights
    /// @param sizes whole numbers in the order of the graph's sizes
    /// @return results in the order of the graph's outputs
    /// @throws ShapeException when the inputs do not fit at run time
    public List<TorchTensor> run(
            TorchScope scope, String method, List<TorchTensor> inputs, TorchWeights weights, long... sizes) {
        return call(scope, new Call(method, false, inputs, weights, sizes));
    }

    /// Runs a method so that its results can be differentiated with respect to the trainable weights.
    public List<TorchTensor> runWithGradients(
            TorchScope scope, String method, List<TorchTensor> inputs, TorchWeights weights, long... sizes) {
        return call(scope, new Call(method, true, inputs, weights, sizes));
    }

    private record Call(
            String method, boolean gradients, List<TorchTensor> inputs, TorchWeights weights, List<Long> sizes) {
        Call(String method, boolean gradients, List<TorchTensor> inputs, TorchWeights weights, long... sizes) {
            this(
                    method,
                    gradients,
                    inputs,
                    weights,
                    Arrays.stream(sizes).boxed().toList());
        }
    }

    private List<TorchTensor> call(TorchScope scope, Call call) {
        Graph graph = graphByMethod.get(call.method);
        if (graph != null) { // hand-written methods have none
            check(graph, call.inputs);
        }
        // Both settings belong to the thread, and threads start with other values than we need.
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(call.gradients);
        List<IValue> arguments = new ArrayList<>();
        call.inputs.forEach(t -> arguments.add(IValue.from(t.array())));
        int borrowed = arguments.size();
        arguments.add(call.weights.list());
        call.sizes.forEach(s -> arguments.add(IValue.from(s.longValue())));
        try (IValue result = MethodCall.run(module, call.method, call.gradients, arguments.toArray(IValue[]::new))) {
            PtNDArray[] arrays = result.toTensorArray(scope.manager());
            return Arrays.stream(arrays).map(TorchTensor::new).toList();
        } catch (EngineException e) {
            throw new ShapeException(Complaint.at(module(e)).got(reason(e)), e);
        } finally {
            arguments.remove(borrowed); // the list of weights belongs to whoever made it
            arguments.forEach(IValue::close);
        }
    }

    /// Refuses tensors whose sizes the graph can't take, before libtorch fails somewhere in the middle.
    private static void check(Graph graph, List<TorchTensor> inputs) {
        Map<String, Long> sizeByName = new HashMap<>();
        Iterator<TorchTensor> given = inputs.iterator();
        graph.inputs().forEach((name, value) -> {
            Shape expected = value.type().shape();
            long[] got = given.next().shape();
            boolean fits = got.length == expected.rank();
            for (int i = 0; fits && i < got.length; i++) {
                OptionalLong fixed = expected.dim(i).constant();
                fits = fixed.isEmpty() || fixed.getAsLong() == got[i];
            }
            if (!fits) {
                throw new ShapeException(
                        Complaint.at(name).expected(expected.toString()).got(Arrays.toString(got)));
            }
            for (int i = 0; i < got.length; i++) {
                sizeByName.put(expected.dim(i).toString(), got[i]); // a bare symbol's text is its name
            }
        });
        graph.requirements().forEach(r -> r.check(sizeByName));
    }

    /// libtorch quotes the line that failed; the comment at its end is the module's path.
    private static String module(EngineException e) {
        for (String line : String.valueOf(e.getMessage()).split("\n")) {
            int comment = line.indexOf("  # ");
            if (comment >= 0) {
                return line.substring(comment + 4)
                        .replaceAll("\\s*[~^]*\\s*<--- HERE.*", "")
                        .strip();
            }
        }
        return "";
    }

    /// What libtorch says went wrong, without its stack.
    static String reason(EngineException e) {
        String[] lines = String.valueOf(e.getMessage()).split("\n");
        for (String line : lines) {
            if (line.startsWith("RuntimeError: ")) {
                return line.substring("RuntimeError: ".length());
            }
        }
        return lines[0];
    }
}
