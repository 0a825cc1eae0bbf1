package terrazzo.graph.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.Op;
import terrazzo.graph.ir.TensorType;
import terrazzo.graph.ir.Value;

/// Builds a graph from another, step by step. Values of the old graph are replaced as they are met.
final class Rewriter {

    private final Graph graph;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Value, Value> replacements = new HashMap<>();
    private int nextId;

    Rewriter(Graph graph) {
        this.graph = graph;
        this.nextId = graph.nextId();
    }

    /// What stands for a value of the old graph by now.
    Value now(Value old) {
        return replacements.getOrDefault(old, old);
    }

    /// Lets `made` stand for `old` from here on.
    void replace(Value old, Value made) {
        replacements.put(old, made);
    }

    /// Adds a step with one result on operands of the new graph.
    Value emit(Op op, String scope, Value... operands) {
        return emitAll(op, scope, List.of(operands)).getFirst();
    }

    /// Adds a step on operands of the new graph.
    List<Value> emitAll(Op op, String scope, List<Value> operands) {
        List<Value> made = new ArrayList<>();
        for (TensorType type : op.infer(operands.stream().map(Value::type).toList())) {
            made.add(new Value(nextId++, type));
        }
        nodes.add(new Node(op, operands, made, scope));
        return made;
    }

    /// Adds a step of the old graph as it is, on what stands for its operands.
    void keep(Node node) {
        nodes.add(node.mapInputs(this::now));
    }

    /// Adds a step of the old graph with its types found anew, for passes that change types.
    void retype(Node node) {
        List<Value> made = emitAll(
                node.op(), node.scope(), node.inputs().stream().map(this::now).toList());
        for (int i = 0; i < made.size(); i++) {
            replace(node.outputs().get(i), made.get(i));
        }
    }

    /// The new graph, without what nobody takes any more.
    Graph finish() {
        Map<String, Value> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, now(value)));
        return graph.with(nodes, outputs).pruned();
    }
}
