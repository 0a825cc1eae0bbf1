package terrazzo.graph.passes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import terrazzo.graph.ir.CreateOp.Literal;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
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
                new Graph(Map.of(), List.of(), graph.weights(), once, results).pruned(),
                new Graph(graph.inputs(), graph.sizes(), weights, main, graph.outputs()).pruned());
    }
}
