package terrazzo.graph.torchscript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.CreateOp.Literal;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.Value;
import terrazzo.graph.ir.Weight;

/// Writes one graph as one TorchScript method:
///
/// ```
/// def NAME(self, x: Tensor, ws: List[Tensor], H: int) -> List[Tensor]:
/// ```
///
/// Sizes are computed once, where they first appear, and each line that a module asked for carries its path as a
/// comment,
/// so that libtorch's own error messages name it.
final class MethodWriter {

    private static final String INDENT = "    ";

    private final Graph graph;
    private final Constants constants;
    private final StringBuilder body = new StringBuilder();
    private final Map<Value, String> names = new HashMap<>();
    private final Map<Dim, String> sizeNames = new HashMap<>();
    private final Set<String> symbols = new HashSet<>();

    MethodWriter(Graph graph, Constants constants) {
        this.graph = graph;
        this.constants = constants;
    }

    /// The method's text, indented as a member of a class.
    String write(String method) {
        List<String> arguments = new ArrayList<>(List.of("self"));
        graph.inputs().forEach((name, value) -> {
            arguments.add(name + ": Tensor");
            names.put(value, name);
        });
        arguments.add("ws: List[Tensor]");
        graph.sizes().forEach(s -> {
            arguments.add(s + ": int");
            symbols.add(s);
        });
        for (int i = 0; i < graph.weights().size(); i++) {
            Weight weight = graph.weights().get(i);
            names.put(weight.value(), "ws[" + i + "]");
        }
        graph.inputs().values().forEach(this::defineSymbols);
        for (Node node : graph.nodes()) {
            node(node);
        }
        String results = graph.outputs().values().stream().map(this::name).collect(Collectors.joining(", "));
        line("return [" + results + "]");
        return "  def " + method + "(" + String.join(", ", arguments) + ") -> List[Tensor]:\n" + body;
    }

    private void node(Node node) {
        for (Value output : node.outputs()) {
            names.put(output, "v_" + output.id()); // never the name of an input or a size
        }
        if (node.op() instanceof Literal literal) {
            names.put(node.output(), constants.tensor(literal));
            return;
        }
        String call = new OpWriter(this, node).write();
        String scope = node.scope().isEmpty() ? "" : "  # " + node.scope();
        String targets = node.outputs().stream().map(this::name).collect(Collectors.joining(", "));
        line(targets + (node.outputs().size() > 1 ? ", = " : " = ") + call + scope);
        node.outputs().forEach(this::defineSymbols);
    }

    /// Gives every symbol that is a bare size of `value`, and not known yet, its number.
    private void defineSymbols(Value value) {
        Shape shape = value.type().shape();
        for (int i = 0; i < shape.rank(); i++) {
            Dim dim = shape.dim(i);
            if (dim.symbols().contains(dim.toString()) && symbols.add(dim.toString())) {
                line(dim + " = torch.size(" + name(value) + ", " + i + ")");
            }
        }
    }

    String name(Value value) {
        String name = names.get(value);
        if (name == null) {
            throw new IllegalStateException("value " + value.id() + " is used before it is made");
        }
        return name;
    }

    /// A size as an expression; those that need arithmetic are computed once and named.
    String size(Dim dim) {
        if (dim.isConstant() || dim.symbols().contains(dim.toString())) {
            return dim.toString();
        }
        String known = sizeNames.get(dim);
        if (known != null) {
            return known;
        }
        String name = "n_" + sizeNames.size();
        line(name + " = " + dim);
        sizeNames.put(dim, name);
        return name;
    }

    private void line(String text) {
        body.append(INDENT).append(text).append('\n');
    }
}
