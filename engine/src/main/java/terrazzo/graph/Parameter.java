package terrazzo.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import terrazzo.checkpoint.ExpectedKey;
import terrazzo.checkpoint.Fit;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;

/// A named tensor that a model keeps between runs: learnable, or a buffer such as running statistics. It holds no
/// numbers;
/// the runtime does.
public final class Parameter {

    /// What happens to a parameter in training.
    public enum Kind {
        /// Moved by the optimizer.
        LEARNABLE,
        /// Kept in the state dict, moved by nobody or by the forward pass.
        BUFFER
    }

    private final Supplier<String> owner;
    private final String leaf;
    private final Kind kind;
    private final DType dtype;
    private final Shape shape;
    private Init init;
    private Fit fit = Fit.EXACT;
    private boolean frozen;
    private @Nullable Parameter original;

    /// @param owner path of the module, asked late because a module learns its own path when it is added to its parent
    /// @param leaf name within the module, for example `weight`
    public Parameter(Supplier<String> owner, String leaf, Kind kind, Spec spec) {
        this.owner = owner;
        this.leaf = leaf;
        this.kind = kind;
        this.dtype = spec.dtype();
        this.shape = spec.shape();
        this.init = spec.init();
    }

    private Parameter(Parameter original, String key) {
        this(() -> "", key, original.kind, new Spec(original.dtype, original.shape, original.init));
        this.original = original;
    }

    /// The same numbers under another key of the state dict, for parts that a model uses twice. Graphs never read it.
    public Parameter alias(String otherKey) {
        Parameter alias = new Parameter(this, otherKey);
        alias.fit = fit;
        return alias;
    }

    /// What this is only another key of; empty for all but aliases. Loading may skip an alias, saving writes the
    /// original's numbers.
    public Optional<Parameter> original() {
        return Optional.ofNullable(original);
    }

    /// @param dtype element type
    /// @param shape fixed sizes
    /// @param init numbers to start with
    public record Spec(DType dtype, Shape shape, Init init) {}

    /// The state-dict key.
    public String key() {
        String path = owner.get();
        return path.isEmpty() ? leaf : path + "." + leaf;
    }

    /// What a checkpoint should have for it.
    public ExpectedKey expected() {
        List<Long> sizes = shape.dims().stream().map(d -> (long) d.intValue()).toList();
        Fit fits = init instanceof Init.Computed(var at) && dtype == DType.INT64 ? Fit.own(computed(sizes, at)) : fit;
        return new ExpectedKey(key(), sizes, dtype, fits);
    }

    private static Supplier<HostTensor> computed(List<Long> sizes, LongToDoubleFunction at) {
        int count = Math.toIntExact(sizes.stream().reduce(1L, Math::multiplyExact));
        return () -> HostTensor.ofLongs(
                sizes,
                LongStream.range(0, count).map(i -> (long) at.applyAsDouble(i)).toArray());
    }

    /// Says what may be done when a checkpoint has another shape.
    public void fit(Fit other) {
        this.fit = other;
    }

    /// The name within the module, `weight` for example.
    public String leaf() {
        return leaf;
    }

    public Kind kind() {
        return kind;
    }

    public DType dtype() {
        return dtype;
    }

    public Shape shape() {
        return shape;
    }

    public Init init() {
        return init;
    }

    /// Replaces the numbers to start with.
    public void init(Init other) {
        this.init = other;
    }

    /// Whether the optimizer moves it.
    public boolean isTrainable() {
        return kind == Kind.LEARNABLE && !frozen && original == null;
    }

    /// Keeps the optimizer away from it (`requires_grad=False`).
    public void freeze() {
        this.frozen = true;
    }

    @Override
    public String toString() {
        return key() + " " + shape;
    }
}
