package terrazzo.core.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The sizes of a tensor's axes, outermost first.
///
/// @param dims one size per axis; empty for a scalar
public record Shape(List<Dim> dims) {

    public Shape {
        dims = List.copyOf(dims);
    }

    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
    }

    public static Shape of(Dim... dims) {
        return new Shape(List.of(dims));
    }

    public int rank() {
        return dims.size();
    }

    /// The size of an axis; negative axes count from the end.
    public Dim dim(int axis) {
        return dims.get(axis(axis));
    }

    /// The axis as a number from 0; negative axes count from the end.
    public int axis(int axis) {
        return axis < 0 ? axis + rank() : axis;
    }

    /// The same shape with another size at `axis`.
    public Shape with(int axis, Dim dim) {
        List<Dim> changed = new ArrayList<>(dims);
        changed.set(axis(axis), dim);
        return new Shape(changed);
    }

    /// The number of elements.
    public Dim numel() {
        return dims.stream().reduce(Dim.ONE, Dim::times);
    }

    public boolean isConstant() {
        return dims.stream().allMatch(Dim::isConstant);
    }

    /// The sizes of a shape without symbols.
    ///
    /// @throws IllegalStateException when a size depends on a symbol
    public long[] toLongs() {
        return dims.stream().mapToLong(Dim::intValue).toArray();
    }

    /// As `[N, 3, H, W]`.
    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
