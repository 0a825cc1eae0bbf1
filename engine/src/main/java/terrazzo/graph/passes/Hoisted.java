package terrazzo.graph.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import terrazzo.graph.ir.CreateOp.Literal;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.TensorType;
import terrazzo.graph.ir.Value;
import terrazzo.graph.ir.Weight;

/// A graph in two: what depends on weights alone, to be computed once, and the rest, which takes it as weights. Folded
/// kernels, narrowed weights, relative position tables and the like cost nothing per image that way.
///
/// @param prepare from the weights to values by name; without inputs
/// @param main from the inputs to the outputs; its weights are named by state-dict key, or by output of `prepare`
public record Hoisted(Graph prepare, Graph main) {

    /// Splits a graph.
    public static Hoisted of(Graph graph) {
        FixedValues fixed = new FixedValues(graph);
        Set<Value> given = graph.weights().stream().map(Weight::value).collect(Collectors.toSet());
        List<Node> once = new ArrayList<>();
        List<Node> each = new ArrayList<>();
        for (Node node : graph.nodes()) {
            (fixed.isFixed(node) ? once : each).add(node);
        }
        // Literals are part of the program's text: whoever needs one on the other side gets a copy.
        List<Node> literals =
                once.stream().filter(n -> n.op() instanceof Literal).toList();
        Set<Value> free = new HashSet<>();
        literals.forEach(n -> free.add(n.output()));

        Set<Value> handedOver = new LinkedHashSet<>();
        each.forEach(n -> handedOver.addAll(n.inputs()));
        handedOver.addAll(graph.outputs().values());
        handedOver.removeIf(v -> !fixed.contains(v) || given.contains(v) || free.contains(v));

        Map<String, Value> results = new LinkedHashMap<>();
        handedOver.forEach(v -> results.put("prepared." + results.size(), v));
        List<Weight> weights = new ArrayList<>(graph.weights());
        results.forEach((name, v) -> weights.add(new Weight(name, v, false)));
        List<Node> main = new ArrayList<>(literals);
        main.addAll(each);
        return new Hoisted(
                new Graph(Map.of(), List.of(), graph.weights(), once, results, List.of()).pruned(),
                new Graph(graph.inputs(), graph.sizes(), weights, main, graph.outputs(), graph.requirements())
                        .pruned());
    }

    /// [#prepare] in parts that together make all of its outputs, so that no more than one part's weights need to be in
    /// memory beside what was made of them.
    ///
    /// @param sizeBytes how much of the weights a part may read; a single output may take more
    public List<Graph> prepareInParts(long sizeBytes) {
        Map<Value, Set<Weight>> sources = new HashMap<>();
        prepare.weights().forEach(w -> sources.put(w.value(), Set.of(w)));
        for (Node node : prepare.nodes()) {
            Set<Weight> read = new LinkedHashSet<>();
            node.inputs().forEach(v -> read.addAll(sources.getOrDefault(v, Set.of())));
            node.outputs().forEach(v -> sources.put(v, read));
        }
        List<Graph> parts = new ArrayList<>();
        Map<String, Value> results = new LinkedHashMap<>();
        Set<Weight> together = new HashSet<>();
        for (Map.Entry<String, Value> output : prepare.outputs().entrySet()) {
            Set<Weight> more = sources.getOrDefault(output.getValue(), Set.of());
            if (!results.isEmpty() && sizeBytes(together) + sizeBytes(more) > sizeBytes) {
                parts.add(prepare.with(prepare.nodes(), results).pruned());
                results.clear();
                together.clear();
            }
            results.put(output.getKey(), output.getValue());
            together.addAll(more);
        }
        if (!results.isEmpty()) {
            parts.add(prepare.with(prepare.nodes(), results).pruned());
        }
        return parts;
    }

    private static long sizeBytes(Set<Weight> weights) {
        return weights.stream().mapToLong(Hoisted::sizeBytes).sum();
    }

    private static long sizeBytes(Weight weight) {
        TensorType type = weight.value().type();
        return LongStream.of(type.shape().toLongs()).reduce(type.dtype().sizeBytes(), Math::multiplyExact);
    }
}
