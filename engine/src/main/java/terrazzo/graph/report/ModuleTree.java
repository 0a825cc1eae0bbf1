package terrazzo.graph.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Parameter;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.Op;
import terrazzo.graph.ir.PointwiseOp;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.ModuleList;
import terrazzo.graph.nn.Sequential;

/// A part of a model with all its parts.
///
/// @param path as [Module#path()]; empty for the model
/// @param type the class, or what a layer without parameters does: `relu`
/// @param outputs shapes of what it gives; empty when nobody calls it in evaluation
/// @param parameters numbers that are learned, with those of all its parts
/// @param children in the order of the state dict
public record ModuleTree(String path, String type, List<Shape> outputs, long parameters, List<ModuleTree> children) {

    /// Letters up to which the parts of a list are named.
    private static final int LONGEST = 40;

    public ModuleTree {
        outputs = List.copyOf(outputs);
        children = List.copyOf(children);
    }

    /// The parts of a model that was called.
    public static ModuleTree of(TracedModule model) {
        return of(model.root(), model);
    }

    private static ModuleTree of(Module module, TracedModule model) {
        String path = module.path();
        return new ModuleTree(
                path,
                type(module, model),
                model.outputsByPath().getOrDefault(path, List.of()),
                parameters(module),
                module.childrenByName().values().stream()
                        .map(child -> of(child, model))
                        .toList());
    }

    /// The last word of its path.
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /// The class; for layers one after the other and lists, what is in them: `3 × Bottleneck`.
    static String type(Module module, TracedModule model) {
        return switch (module) {
            case Lambda _ -> steps(module, model);
            case Sequential _, ModuleList<?> _ -> content(module, model);
            default -> module.getClass().getSimpleName();
        };
    }

    private static String content(Module list, TracedModule model) {
        List<String> types = list.childrenByName().values().stream()
                .map(child -> type(child, model))
                .toList();
        if (types.size() > 1 && types.stream().distinct().count() == 1) {
            return types.size() + " × " + types.getFirst();
        }
        String all = String.join(" + ", types);
        return types.isEmpty() || all.length() > LONGEST ? list.getClass().getSimpleName() : all;
    }

    private static String steps(Module layer, TracedModule model) {
        String steps = model.graph().nodes().stream()
                .filter(n -> n.scope().equals(layer.path()))
                .map(Node::op)
                .map(ModuleTree::word)
                .distinct()
                .collect(Collectors.joining(" "));
        return steps.isEmpty() ? "identity" : steps;
    }

    /// An op in a word: `relu`, `maxpool2d`, `concat`.
    static String word(Op op) {
        String word = switch (op) {
            case PointwiseOp.Unary(var kind) -> kind.name();
            case PointwiseOp.Binary(var kind) -> kind.name();
            case PointwiseOp.Scalar(var kind, var _) -> kind.name();
            case Op other -> other.getClass().getSimpleName();
        };
        return word.toLowerCase(Locale.ROOT);
    }

    static long parameters(Module module) {
        return module.state().stream()
                .filter(p ->
                        p.kind() == Parameter.Kind.LEARNABLE && p.original().isEmpty())
                .mapToLong(p -> p.shape().numel().intValue())
                .sum();
    }
}
