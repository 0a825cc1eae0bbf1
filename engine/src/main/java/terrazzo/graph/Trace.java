package terrazzo.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.Op;
import terrazzo.graph.ir.Requirement;
import terrazzo.graph.ir.TensorType;
import terrazzo.graph.ir.Value;
import terrazzo.graph.ir.Weight;

/// One recording: inputs and weights go in, modules call operations, [#finish(Map)] gives the graph. Used by one thread
/// and for one graph.
public final class Trace {

    /// What the graph is for.
    public enum Mode {
        /// Dropout drops, batch norm uses the batch's statistics.
        TRAIN,
        /// The graph is a function of its inputs and weights alone.
        EVAL
    }

    /// What one call of a module gave, for finding where two implementations part.
    ///
    /// @param path the module
    /// @param outputs its results
    public record Call(String path, List<Tensor> outputs) {}

    private final Mode mode;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Value> inputs = new LinkedHashMap<>();
    private final List<String> sizes = new ArrayList<>();
    private final Map<Parameter, Tensor> weights = new LinkedHashMap<>();
    private final List<Requirement> requirements = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Deque<String> scope = new ArrayDeque<>();
    private int values;
    private int symbols;

    public Trace(Mode mode) {
        this.mode = mode;
    }

    public boolean isTraining() {
        return mode == Mode.TRAIN;
    }

    /// A tensor handed in with each run. Bare symbols among its sizes get their value from it.
    public Tensor input(String name, DType dtype, Dim... dims) {
        Value value = value(new TensorType(dtype, Shape.of(dims)));
        inputs.put(name, value);
        return new Tensor(this, value);
    }

    /// A whole number handed in with each run, used as a size.
    public Dim size(String name) {
        sizes.add(name);
        return Dim.symbol(name);
    }

    /// A size that only the run knows, such as how many elements a mask selects.
    public Dim freshSize() {
        return Dim.symbol("S" + symbols++);
    }

    /// The tensor of a parameter or buffer in this graph.
    public Tensor weight(Parameter parameter) {
        return weights.computeIfAbsent(parameter, p -> new Tensor(this, value(new TensorType(p.dtype(), p.shape()))));
    }

    /// Records one step.
    ///
    /// @throws ShapeException when the operands do not fit, naming the module
    public List<Tensor> apply(Op op, List<Tensor> operands) {
        List<Value> taken = operands.stream().map(Tensor::value).toList();
        List<TensorType> types;
        try {
            types = op.infer(taken.stream().map(Value::type).toList());
        } catch (ShapeException e) {
            throw new ShapeException(e.complaint().within(path()));
        }
        List<Value> made = types.stream().map(this::value).toList();
        nodes.add(new Node(op, taken, made, path()));
        return made.stream().map(v -> new Tensor(this, v)).toList();
    }

    /// Asks something of sizes: at once where they are known, else of each run.
    ///
    /// @throws ShapeException when they are known and do not fit
    public void require(Requirement requirement) {
        requirement.check(Map.of());
        requirements.add(requirement);
    }

    /// Runs `body` as part of the module at `path`, so that steps and errors carry its name.
    public <R> R within(String path, Supplier<R> body) {
        scope.push(path);
        try {
            return body.get();
        } finally {
            scope.pop();
        }
    }

    /// Remembers what a module's call gave.
    public void called(String path, List<Tensor> outputs) {
        calls.add(new Call(path, List.copyOf(outputs)));
    }

    /// The calls of all modules so far, inner ones first.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// The graph that computes `outputs`, without what they do not need.
    public Graph finish(Map<String, Tensor> outputs) {
        Map<String, Value> results = new LinkedHashMap<>();
        outputs.forEach((name, tensor) -> results.put(name, tensor.value()));
        List<Weight> read = new ArrayList<>();
        weights.forEach((p, t) -> read.add(new Weight(p.key(), t.value(), p.isTrainable())));
        return new Graph(inputs, sizes, read, nodes, results, requirements).pruned();
    }

    private Value value(TensorType type) {
        return new Value(values++, type);
    }

    private String path() {
        String path = scope.peek();
        return path == null ? "" : path;
    }
}
