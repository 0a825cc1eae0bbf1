package terrazzo.graph.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import terrazzo.checkpoint.ExpectedKey;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;

/// A part of a model. Children, parameters and buffers are declared in the constructor, in the order of the reference's
/// state dict; the name given there is the key in every checkpoint.
public abstract class Module {

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Parameter> buffers = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private @Nullable Module parent;
    private String name = "";
    private boolean evalOnly;

    protected Module() {}

    /// Adds a part and returns it.
    ///
    /// @param childName one segment of the state-dict key
    protected final <M extends Module> M child(String childName, M module) {
        Module added = module; // private fields of a type variable are not reachable
        added.parent = this;
        added.name = childName;
        if (children.put(childName, module) != null) {
            throw new IllegalStateException("expected one child named '" + childName + "' in " + getClass());
        }
        return module;
    }

    /// Lets a part that was added before stand in the state dict under another name, too: both use the same numbers.
    protected final <M extends Module> M alias(String childName, M module) {
        children.put(childName, module);
        return module;
    }

    /// Adds `count` parts under `listName.0`, `listName.1`, ….
    protected final <M extends Module> List<M> children(String listName, int count, IntFunction<M> make) {
        return child(listName, new ModuleList<>(count, make)).items();
    }

    /// Declares a learnable float32 parameter.
    protected final Parameter parameter(String leaf, Init init, long... sizes) {
        Parameter.Spec spec = new Parameter.Spec(DType.FLOAT32, Shape.of(sizes), init);
        Parameter added = new Parameter(this::path, leaf, Parameter.Kind.LEARNABLE, spec);
        parameters.put(leaf, added);
        return added;
    }

    /// Declares a buffer.
    protected final Parameter buffer(String leaf, DType dtype, Init init, long... sizes) {
        Parameter.Spec spec = new Parameter.Spec(dtype, Shape.of(sizes), init);
        Parameter added = new Parameter(this::path, leaf, Parameter.Kind.BUFFER, spec);
        buffers.put(leaf, added);
        return added;
    }

    /// The names from the root to this part, joined by dots; empty for the root.
    public final String path() {
        if (parent == null) {
            return name;
        }
        String above = parent.path();
        return above.isEmpty() ? name : above + "." + name;
    }

    /// Parameters and buffers in the order of PyTorch's `state_dict`.
    public final List<Parameter> state() {
        List<Parameter> all = new ArrayList<>(parameters.values());
        all.addAll(buffers.values());
        children.forEach((childName, child) -> {
            boolean alias = !childName.equals(child.name);
            child.state().forEach(p -> all.add(alias ? p.alias(keyUnder(childName, child, p)) : p));
        });
        return all;
    }

    /// What a checkpoint should have for all of this, in the order of [#state].
    public final List<ExpectedKey> expectedKeys() {
        return state().stream().map(Parameter::expected).toList();
    }

    private String keyUnder(String childName, Module child, Parameter parameter) {
        String tail = childName + parameter.key().substring(child.path().length());
        String path = path();
        return path.isEmpty() ? tail : path + "." + tail;
    }

    /// This part and all below it, parents first.
    public final Stream<Module> modules() {
        return Stream.concat(Stream.of(this), ownChildren().stream().flatMap(Module::modules));
    }

    /// The direct parts by name, in the order in which they were added.
    public final Map<String, Module> childrenByName() {
        return new LinkedHashMap<>(children);
    }

    /// The direct parts without those that stand here under a second name, in the order in which they were added.
    public final List<Module> ownChildren() {
        return children.entrySet().stream()
                .filter(e -> e.getKey().equals(e.getValue().name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// The parameters declared here, in order.
    public final List<Parameter> ownParameters() {
        return List.copyOf(parameters.values());
    }

    /// The parameter declared here under that leaf name.
    public final Optional<Parameter> ownParameter(String leaf) {
        return Optional.ofNullable(parameters.get(leaf));
    }

    /// Keeps the optimizer away from everything below.
    public final void freeze() {
        state().forEach(Parameter::freeze);
    }

    /// Lets this part and those below behave as in evaluation while the rest trains (`norm_eval`, frozen stages).
    public final void evalOnly() {
        modules().forEach(m -> m.evalOnly = true);
    }

    /// Whether this part trains in the recording that `x` belongs to.
    protected final boolean isTraining(Tensor x) {
        return x.trace().isTraining() && !evalOnly;
    }

    /// Runs `body` under this part's name in the recording that `x` belongs to.
    protected final <R> R within(Tensor x, Supplier<R> body) {
        return x.trace().within(path(), body);
    }

    /// [#within] for a body that gives one tensor; remembers it as this part's result.
    protected final Tensor traced(Tensor x, Supplier<Tensor> body) {
        Tensor y = within(x, body);
        x.trace().called(path(), List.of(y));
        return y;
    }

    /// [#within] for a body that gives several tensors; remembers them as this part's results.
    protected final List<Tensor> tracedAll(Tensor x, Supplier<List<Tensor>> body) {
        List<Tensor> ys = within(x, body);
        x.trace().called(path(), ys);
        return ys;
    }
}
