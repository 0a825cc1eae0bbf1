package terrazzo.graph.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.Op;
import terrazzo.graph.ir.PoolOp;
import terrazzo.graph.ir.ReduceOp;
import terrazzo.graph.ir.ResizeOp;
import terrazzo.graph.ir.Value;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.ModuleList;

/// How the parts of a model are joined: a box per part, a small box per step that joins parts outside of any, and lines
/// along which tensors flow. It has no cycles: a part that is called twice, with another between, is drawn twice.
///
/// @param boxes in the order in which they first compute
/// @param lines from box to box, by index
public record Diagram(List<Box> boxes, List<Line> lines) {

    public Diagram {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    /// A part or a step.
    ///
    /// @param path of the part; of the part that takes the step
    /// @param title what it is: the class of a part, the word for a step
    /// @param output shape of what it gives last
    /// @param parameters learned numbers; 0 for steps
    /// @param step whether this is a single step
    public record Box(String path, String title, Shape output, long parameters, boolean step) {

        /// The first word of the path, by which boxes are coloured: `backbone`.
        String part() {
            int dot = path.indexOf('.');
            return dot < 0 ? path : path.substring(0, dot);
        }
    }

    /// A tensor's way.
    ///
    /// @param from index of the box that made it
    /// @param to index of the box that takes it
    public record Line(int from, int to) {}

    /// Draws together what happens in parts.
    ///
    /// @param depth words of a path that are told apart: at 1 the backbone is one box, at 2 its layers are
    public static Diagram of(TracedModule model, int depth) {
        return new Folding(model, depth).fold();
    }

    /// Goes through the steps in their order and puts each into a box.
    private static final class Folding {

        private final TracedModule model;
        private final int depth;
        private final Map<String, Module> moduleByPath;
        private final List<Box> boxes = new ArrayList<>();
        private final Set<Line> lines = new LinkedHashSet<>();
        private final List<BitSet> ancestors = new ArrayList<>();
        private final Map<String, Integer> openBoxByPath = new HashMap<>();
        private final Map<Value, Set<Integer>> sources = new HashMap<>();

        private Folding(TracedModule model, int depth) {
            this.model = model;
            this.depth = depth;
            this.moduleByPath = model.root()
                    .modules()
                    .collect(Collectors.toMap(Module::path, Function.identity(), (first, _) -> first));
        }

        private Diagram fold() {
            model.graph().inputs().forEach((_, value) -> {
                int box = add(new Box("", "image", value.type().shape(), 0, true), Set.of());
                sources.put(value, Set.of(box));
            });
            model.graph().nodes().forEach(this::place);
            model.graph()
                    .outputs()
                    .forEach((name, value) -> add(
                            new Box("", name, value.type().shape(), 0, true), sources.getOrDefault(value, Set.of())));
            return new Diagram(boxes, List.copyOf(lines));
        }

        private void place(Node node) {
            Set<Integer> from = new LinkedHashSet<>();
            node.inputs().forEach(v -> from.addAll(sources.getOrDefault(v, Set.of())));
            if (from.isEmpty()) {
                return; // made of weights alone
            }
            Optional<String> deep = node.scope().isEmpty() ? Optional.empty() : atDepth(node.scope() + ".");
            String path = deep.orElse(node.scope());
            Module module = moduleByPath.get(path);
            boolean whole = deep.isPresent()
                    || (module != null && module.childrenByName().isEmpty());
            Set<Integer> made;
            if (whole && module != null) {
                made = Set.of(intoPart(path, module, node, from));
            } else if (from.size() > 1 || isWorthABox(node.op())) {
                Shape shape = node.output().type().shape();
                made = Set.of(add(new Box(path, ModuleTree.word(node.op()), shape, 0, true), from));
            } else {
                made = from;
            }
            node.outputs().forEach(v -> sources.put(v, made));
        }

        /// The path of the part that is a box; empty above that depth. A list of parts does nothing itself, so it
        /// doesn't count as a level.
        ///
        /// @param scope with a dot after each word
        private Optional<String> atDepth(String scope) {
            int end = -1;
            for (int level = 0; level < depth; level++) {
                end = scope.indexOf('.', end + 1);
                if (end < 0) {
                    return Optional.empty();
                }
                boolean list = moduleByPath.get(scope.substring(0, end)) instanceof ModuleList<?>;
                boolean inList = moduleByPath.get(above(scope.substring(0, end))) instanceof ModuleList<?>;
                if (list && !inList) {
                    level--;
                }
            }
            return Optional.of(scope.substring(0, end));
        }

        private static String above(String path) {
            return path.substring(0, Math.max(0, path.lastIndexOf('.')));
        }

        /// Steps with one operand that change what a person would call the size or the meaning.
        private static boolean isWorthABox(Op op) {
            return op instanceof ResizeOp || op instanceof PoolOp || op instanceof ReduceOp.Softmax;
        }

        private int intoPart(String path, Module module, Node node, Set<Integer> from) {
            Integer open = openBoxByPath.get(path);
            Shape output = node.output().type().shape();
            if (open == null || wouldCircle(open, from)) {
                Box box = new Box(path, ModuleTree.type(module, model), output, ModuleTree.parameters(module), false);
                int added = add(box, from);
                openBoxByPath.put(path, added);
                return added;
            }
            Box box = boxes.get(open);
            boxes.set(open, new Box(path, box.title(), output, box.parameters(), false));
            from.stream().filter(f -> f.intValue() != open).forEach(f -> join(f, open));
            return open;
        }

        private boolean wouldCircle(int box, Set<Integer> from) {
            return from.stream().anyMatch(f -> f != box && ancestors.get(f).get(box));
        }

        private int add(Box box, Set<Integer> from) {
            boxes.add(box);
            ancestors.add(new BitSet());
            from.forEach(f -> join(f, boxes.size() - 1));
            return boxes.size() - 1;
        }

        private void join(int from, int to) {
            lines.add(new Line(from, to));
            BitSet gained = new BitSet();
            gained.or(ancestors.get(from));
            gained.set(from);
            for (int i = 0; i < ancestors.size(); i++) {
                if (i == to || ancestors.get(i).get(to)) {
                    ancestors.get(i).or(gained);
                }
            }
        }
    }

    /// The row of each box when every box is below all that it takes from.
    int[] rowOfBox() {
        int[] row = new int[boxes.size()];
        for (int pass = 0; pass < row.length; pass++) { // a box may have gained lines from later ones
            boolean changed = false;
            for (Line line : lines) {
                if (row[line.to] <= row[line.from]) {
                    row[line.to] = row[line.from] + 1;
                    changed = true;
                }
            }
            if (!changed) {
                break;
            }
        }
        return row;
    }
}
