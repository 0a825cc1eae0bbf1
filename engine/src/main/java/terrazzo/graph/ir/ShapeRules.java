package terrazzo.graph.ir;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;

/// The shape rules that several families share.
final class ShapeRules {

    private ShapeRules() {}

    /// NumPy's broadcasting. Sizes that depend on symbols in different ways are taken to agree: the executor checks
    /// them.
    static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        List<Dim> dims = new ArrayList<>();
        for (int i = rank; i > 0; i--) {
            Dim left = i <= a.rank() ? a.dim(-i) : Dim.ONE;
            Dim right = i <= b.rank() ? b.dim(-i) : Dim.ONE;
            if (left.equals(Dim.ONE)) {
                dims.add(right);
            } else if (right.equals(Dim.ONE)) {
                dims.add(left);
            } else {
                dims.add(agreed(left, right, "sizes that broadcast", a + " and " + b));
            }
        }
        return new Shape(dims);
    }

    /// The size that two operands share; the fixed one where it can't be decided here.
    static Dim agreed(Dim left, Dim right, String expected, String got) {
        if (left.differsFrom(right)) {
            throw mismatch("", expected, got);
        }
        return right.isConstant() ? right : left;
    }

    static void rank(String op, Shape shape, int rank) {
        if (shape.rank() != rank) {
            throw mismatch(op, rank + " axes", shape.toString());
        }
    }

    /// Refuses a channel count that can't be the expected one.
    static void channels(String op, Dim got, Dim expected) {
        if (got.differsFrom(expected)) {
            throw mismatch(op, expected + " channels", got.toString());
        }
    }

    static ShapeException mismatch(String op, String expected, String got) {
        return new ShapeException(Complaint.at(op).expected(expected).got(got));
    }

    /// How many windows of `kernel` pixels fit along an axis.
    static Dim windows(Dim in, Window window) {
        Dim span = in.plus(2L * window.padding() - (long) window.dilation() * (window.kernel() - 1) - 1);
        return (window.ceil() ? span.ceilDiv(window.stride()) : span.floorDiv(window.stride())).plus(1);
    }

    /// A sliding window along one axis, in pixels.
    ///
    /// @param ceil whether a last window that is not full counts
    record Window(int kernel, int stride, int padding, int dilation, boolean ceil) {}
}
