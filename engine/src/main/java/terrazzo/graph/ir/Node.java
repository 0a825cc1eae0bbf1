package terrazzo.graph.ir;

import java.util.List;
import java.util.function.UnaryOperator;

/// One step of a graph.
///
/// @param op what is computed
/// @param inputs operands in the order that the op's doc names
/// @param outputs results; most ops have one
/// @param scope path of the module that asked for it, for example `backbone.layer1.0.conv1`
public record Node(Op op, List<Value> inputs, List<Value> outputs, String scope) {

    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public Value input(int index) {
        return inputs.get(index);
    }

    /// The first result, which for most ops is the only one.
    public Value output() {
        return outputs.getFirst();
    }

    /// The same step on other operands.
    public Node mapInputs(UnaryOperator<Value> replacement) {
        return new Node(op, inputs.stream().map(replacement).toList(), outputs, scope);
    }
}
