package terrazzo.graph.ir;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A model, traced: straight-line steps from inputs and weights to named outputs.
///
/// @param inputs tensors handed in with each run, by name, in order; a size of theirs that is a bare symbol defines it
/// @param sizes symbols handed in as whole numbers with each run, after the tensors
/// @param weights parameters and buffers, in the order in which the model first reads them
/// @param nodes steps, each after those whose results it takes
/// @param outputs results by name, in order
/// @param requirements what is asked of sizes beside what the steps' shapes say
public record Graph(
        Map<String, Value> inputs,
        List<String> sizes,
        List<Weight> weights,
        List<Node> nodes,
        Map<String, Value> outputs,
        List<Requirement> requirements) {

    public Graph {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        sizes = List.copyOf(sizes);
        weights = List.copyOf(weights);
        nodes = List.copyOf(nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        requirements = List.copyOf(requirements);
    }

    /// The same graph with other steps and results.
    public Graph with(List<Node> otherNodes, Map<String, Value> otherOutputs) {
        return new Graph(inputs, sizes, weights, otherNodes, otherOutputs, requirements);
    }

    /// A number that no value of this graph has yet; the ones above it are free as well.
    public int nextId() {
        Stream<Value> given =
                Stream.concat(inputs.values().stream(), weights.stream().map(Weight::value));
        Stream<Value> made = nodes.stream().flatMap(n -> n.outputs().stream());
        return Stream.concat(given, made).mapToInt(Value::id).max().orElse(-1) + 1;
    }

    /// How often each value is taken by a step or as a result.
    public Map<Value, Integer> useCounts() {
        Map<Value, Integer> counts = new HashMap<>();
        nodes.forEach(n -> n.inputs().forEach(v -> counts.merge(v, 1, Integer::sum)));
        outputs.values().forEach(v -> counts.merge(v, 1, Integer::sum));
        return counts;
    }

    /// The graph without the steps whose results nobody takes and the weights that nobody reads.
    public Graph pruned() {
        Set<Value> live = new HashSet<>(outputs.values());
        ArrayDeque<Node> kept = new ArrayDeque<>();
        for (Node node : nodes.reversed()) {
            if (node.op().hasSideEffect() || node.outputs().stream().anyMatch(live::contains)) {
                live.addAll(node.inputs());
                kept.addFirst(node);
            }
        }
        List<Weight> read =
                weights.stream().filter(w -> live.contains(w.value())).toList();
        return new Graph(inputs, sizes, read, List.copyOf(kept), outputs, requirements);
    }
}
