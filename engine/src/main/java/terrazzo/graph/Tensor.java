package terrazzo.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.AttentionOp.ScaledDotProduct;
import terrazzo.graph.ir.CreateOp.Arange;
import terrazzo.graph.ir.CreateOp.Full;
import terrazzo.graph.ir.CreateOp.Literal;
import terrazzo.graph.ir.IndexOp.Gather;
import terrazzo.graph.ir.IndexOp.IndexSelect;
import terrazzo.graph.ir.IndexOp.MaskedSelect;
import terrazzo.graph.ir.IndexOp.OneHot;
import terrazzo.graph.ir.IndexOp.Scatter;
import terrazzo.graph.ir.MatrixOp.MatMul;
import terrazzo.graph.ir.MemoryOp.Assign;
import terrazzo.graph.ir.Op;
import terrazzo.graph.ir.PointwiseOp.Binary;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.ir.PointwiseOp.Cast;
import terrazzo.graph.ir.PointwiseOp.Clamp;
import terrazzo.graph.ir.PointwiseOp.Detach;
import terrazzo.graph.ir.PointwiseOp.Scalar;
import terrazzo.graph.ir.PointwiseOp.Unary;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.ir.PointwiseOp.Where;
import terrazzo.graph.ir.PoolOp.AdaptiveAvgPool2d;
import terrazzo.graph.ir.RandomOp.Dropout;
import terrazzo.graph.ir.RandomOp.FeatureDropout;
import terrazzo.graph.ir.RandomOp.Uniform;
import terrazzo.graph.ir.ReduceOp.ArgMax;
import terrazzo.graph.ir.ReduceOp.CumSum;
import terrazzo.graph.ir.ReduceOp.MaxWithIndex;
import terrazzo.graph.ir.ReduceOp.Reduce;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.ir.ReduceOp.Softmax;
import terrazzo.graph.ir.ReduceOp.Sort;
import terrazzo.graph.ir.ReduceOp.TopK;
import terrazzo.graph.ir.ResizeOp.GridSample;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.ir.ResizeOp.Resize;
import terrazzo.graph.ir.ShapeOp.Concat;
import terrazzo.graph.ir.ShapeOp.Expand;
import terrazzo.graph.ir.ShapeOp.Flip;
import terrazzo.graph.ir.ShapeOp.Pad2d;
import terrazzo.graph.ir.ShapeOp.PadMode;
import terrazzo.graph.ir.ShapeOp.Permute;
import terrazzo.graph.ir.ShapeOp.Reshape;
import terrazzo.graph.ir.ShapeOp.Roll;
import terrazzo.graph.ir.ShapeOp.Slice;
import terrazzo.graph.ir.TensorType;
import terrazzo.graph.ir.Value;

/// A tensor that does not exist yet: its type is known, its numbers are made when the graph runs. Each method records
/// one
/// step and has the meaning of PyTorch's function of the same name; negative axes count from the end.
///
/// The class is long because it is a flat list of operations; what an operation means and how shapes follow is said at
/// its record in `terrazzo.graph.ir`.
public final class Tensor {

    private final Trace trace;
    private final Value value;

    Tensor(Trace trace, Value value) {
        this.trace = trace;
        this.value = value;
    }

    /// The recording that this belongs to.
    public Trace trace() {
        return trace;
    }

    public Value value() {
        return value;
    }

    public TensorType type() {
        return value.type();
    }

    public DType dtype() {
        return type().dtype();
    }

    public Shape shape() {
        return type().shape();
    }

    /// The size of an axis.
    public Dim dim(int axis) {
        return shape().dim(axis);
    }

    public int rank() {
        return shape().rank();
    }

    /// The number of channels of `[N, C, ...]`.
    ///
    /// @throws IllegalStateException when it is not fixed
    public int channels() {
        return dim(1).intValue();
    }

    // *** arithmetic

    public Tensor add(Tensor other) {
        return binary(BinaryKind.ADD, other);
    }

    public Tensor add(double number) {
        return scalar(BinaryKind.ADD, number);
    }

    public Tensor sub(Tensor other) {
        return binary(BinaryKind.SUB, other);
    }

    public Tensor mul(Tensor other) {
        return binary(BinaryKind.MUL, other);
    }

    public Tensor mul(double number) {
        return scalar(BinaryKind.MUL, number);
    }

    public Tensor div(Tensor other) {
        return binary(BinaryKind.DIV, other);
    }

    public Tensor div(double number) {
        return scalar(BinaryKind.DIV, number);
    }

    public Tensor pow(double exponent) {
        return scalar(BinaryKind.POW, exponent);
    }

    /// Any function of two tensors, broadcast.
    public Tensor binary(BinaryKind kind, Tensor other) {
        return apply(new Binary(kind), other);
    }

    /// Any function of a tensor and a number.
    public Tensor scalar(BinaryKind kind, double number) {
        return apply(new Scalar(kind, number));
    }

    public Tensor eq(double number) {
        return scalar(BinaryKind.EQ, number);
    }

    public Tensor ne(double number) {
        return scalar(BinaryKind.NE, number);
    }

    public Tensor lt(double number) {
        return scalar(BinaryKind.LT, number);
    }

    public Tensor ge(double number) {
        return scalar(BinaryKind.GE, number);
    }

    /// Both hold.
    public Tensor and(Tensor other) {
        return binary(BinaryKind.LOGICAL_AND, other);
    }

    /// Any function of one element.
    public Tensor unary(UnaryKind kind) {
        return apply(new Unary(kind));
    }

    public Tensor relu() {
        return unary(UnaryKind.RELU);
    }

    public Tensor sigmoid() {
        return unary(UnaryKind.SIGMOID);
    }

    public Tensor exp() {
        return unary(UnaryKind.EXP);
    }

    public Tensor log() {
        return unary(UnaryKind.LOG);
    }

    public Tensor neg() {
        return unary(UnaryKind.NEG);
    }

    public Tensor sqrt() {
        return unary(UnaryKind.SQRT);
    }

    public Tensor not() {
        return unary(UnaryKind.LOGICAL_NOT);
    }

    public Tensor clamp(double min, double max) {
        return apply(new Clamp(min, max));
    }

    /// `this ? yes : no`, element by element.
    public Tensor where(Tensor yes, Tensor no) {
        return apply(new Where(), yes, no);
    }

    public Tensor to(DType dtype) {
        return dtype == dtype() ? this : apply(new Cast(dtype));
    }

    /// The same numbers, with no gradient flowing back through them.
    public Tensor detach() {
        return apply(new Detach());
    }

    // *** reductions

    public Tensor softmax(int axis) {
        return apply(new Softmax(shape().axis(axis), false));
    }

    public Tensor logSoftmax(int axis) {
        return apply(new Softmax(shape().axis(axis), true));
    }

    /// The sum of all elements, a scalar.
    public Tensor sum() {
        return apply(new Reduce(ReduceKind.SUM, List.of(), false));
    }

    /// The mean of all elements, a scalar.
    public Tensor mean() {
        return apply(new Reduce(ReduceKind.MEAN, List.of(), false));
    }

    /// A reduction that drops its axes.
    public Tensor reduce(ReduceKind kind, int... axes) {
        return apply(new Reduce(kind, axes(axes), false));
    }

    /// A reduction whose axes stay with size 1.
    public Tensor reduceKeep(ReduceKind kind, int... axes) {
        return apply(new Reduce(kind, axes(axes), true));
    }

    /// Index of the largest element along an axis, int64; the axis goes.
    public Tensor argMax(int axis) {
        return apply(new ArgMax(shape().axis(axis), false));
    }

    /// Largest element and its index along an axis; the axis goes.
    public List<Tensor> maxWithIndex(int axis) {
        return applyAll(new MaxWithIndex(shape().axis(axis), false));
    }

    public Tensor cumSum(int axis) {
        return apply(new CumSum(shape().axis(axis)));
    }

    /// The `k` largest, sorted, and their indices.
    public List<Tensor> topK(Dim k, int axis) {
        return applyAll(new TopK(k, shape().axis(axis)));
    }

    /// All elements in order, and their indices.
    public List<Tensor> sort(int axis, boolean descending) {
        return applyAll(new Sort(shape().axis(axis), descending));
    }

    // *** shape

    public Tensor reshape(Dim... dims) {
        return reshape(Shape.of(dims));
    }

    public Tensor reshape(Shape shape) {
        return shape.equals(shape()) ? this : apply(new Reshape(shape));
    }

    public Tensor permute(int... axes) {
        return apply(new Permute(axes(axes)));
    }

    public Tensor transpose(int first, int second) {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, rank()).boxed().toList());
        Collections.swap(axes, shape().axis(first), shape().axis(second));
        return apply(new Permute(axes));
    }

    /// Axes `start` to the last as one.
    public Tensor flatten(int start) {
        return flatten(start, -1);
    }

    /// Axes `start` to `end`, both included, as one.
    public Tensor flatten(int start, int end) {
        int first = shape().axis(start);
        int last = shape().axis(end);
        List<Dim> dims = new ArrayList<>(shape().dims().subList(0, first));
        dims.add(new Shape(shape().dims().subList(first, last + 1)).numel());
        dims.addAll(shape().dims().subList(last + 1, rank()));
        return reshape(new Shape(dims));
    }

    /// A new axis of size 1 in front of `axis`; -1 puts it last.
    public Tensor unsqueeze(int axis) {
        List<Dim> dims = new ArrayList<>(shape().dims());
        dims.add(axis < 0 ? axis + rank() + 1 : axis, Dim.ONE);
        return reshape(new Shape(dims));
    }

    /// Without `axis`, whose size is 1.
    public Tensor squeeze(int axis) {
        List<Dim> dims = new ArrayList<>(shape().dims());
        dims.remove(shape().axis(axis));
        return reshape(new Shape(dims));
    }

    /// Repeats axes of size 1 to `shape`.
    public Tensor expand(Shape shape) {
        return apply(new Expand(shape));
    }

    /// Elements `start` (included) to `end` (excluded).
    public Tensor slice(int axis, Dim start, Dim end) {
        return apply(new Slice(shape().axis(axis), start, end));
    }

    public Tensor slice(int axis, long start, long end) {
        return slice(axis, Dim.of(start), Dim.of(end));
    }

    /// One element of an axis; the axis goes.
    public Tensor select(int axis, long index) {
        return slice(axis, index, index + 1).squeeze(axis);
    }

    /// Equal parts along an axis.
    public List<Tensor> chunk(int axis, int parts) {
        Dim size = dim(axis).floorDiv(parts);
        return IntStream.range(0, parts)
                .mapToObj(i -> slice(axis, size.times(i), size.times(i + 1L)))
                .toList();
    }

    public static Tensor concat(int axis, List<Tensor> parts) {
        Tensor first = parts.getFirst();
        return parts.size() == 1
                ? first
                : first.trace.apply(new Concat(first.shape().axis(axis)), parts).getFirst();
    }

    /// Zeros around the last two axes.
    public Tensor pad(Dim left, Dim right, Dim top, Dim bottom) {
        return apply(new Pad2d(left, right, top, bottom, PadMode.CONSTANT, 0));
    }

    public Tensor roll(List<Integer> shifts, List<Integer> axes) {
        return apply(new Roll(shifts, axes));
    }

    public Tensor flip(int... axes) {
        return apply(new Flip(axes(axes)));
    }

    // *** sampling

    public Tensor resize(Interpolation mode, Dim h, Dim w, boolean alignCorners) {
        return dim(2).equals(h) && dim(3).equals(w) ? this : apply(new Resize(mode, h, w, alignCorners));
    }

    /// Bilinear, to the height and width of `like`.
    public Tensor resizeLike(Tensor like, boolean alignCorners) {
        return resize(Interpolation.BILINEAR, like.dim(2), like.dim(3), alignCorners);
    }

    public Tensor gridSample(Tensor grid, Interpolation mode, boolean alignCorners) {
        return apply(new GridSample(mode, alignCorners), grid);
    }

    /// The mean over each cell of an `h` by `w` grid.
    public Tensor adaptiveAvgPool(long h, long w) {
        return apply(new AdaptiveAvgPool2d(Dim.of(h), Dim.of(w)));
    }

    // *** matrices

    public Tensor matmul(Tensor other) {
        return apply(new MatMul(), other);
    }

    /// `softmax(this keysᵀ * scale) values`.
    public Tensor attend(Tensor keys, Tensor values, double scale) {
        return apply(new ScaledDotProduct(scale), keys, values);
    }

    /// `softmax(this keysᵀ * scale + bias) values`.
    public Tensor attend(Tensor keys, Tensor values, Tensor bias, double scale) {
        return apply(new ScaledDotProduct(scale), keys, values, bias);
    }

    // *** indices

    public Tensor gather(int axis, Tensor index) {
        return apply(new Gather(shape().axis(axis)), index);
    }

    public Tensor indexSelect(int axis, Tensor index) {
        return apply(new IndexSelect(shape().axis(axis)), index);
    }

    /// This with `values` put in its places `index` along an axis.
    public Tensor scatter(int axis, Tensor index, Tensor values) {
        return apply(new Scatter(shape().axis(axis), false), index, values);
    }

    /// This with `values` added in its places `index` along an axis.
    public Tensor scatterAdd(int axis, Tensor index, Tensor values) {
        return apply(new Scatter(shape().axis(axis), true), index, values);
    }

    /// The elements where `mask` holds, as one axis.
    public Tensor maskedSelect(Tensor mask) {
        return apply(new MaskedSelect(trace.freshSize()), mask);
    }

    public Tensor oneHot(int classes) {
        return apply(new OneHot(classes));
    }

    // *** new tensors on the same device

    public Tensor full(Shape shape, double number, DType dtype) {
        return apply(new Full(shape, number, dtype));
    }

    /// Zeros of the same type and shape.
    public Tensor zerosLike() {
        return full(shape(), 0, dtype());
    }

    public Tensor arange(Dim count, DType dtype) {
        return apply(new Arange(count, dtype));
    }

    /// Numbers that are known now.
    public Tensor literal(Shape shape, List<Double> numbers, DType dtype) {
        return trace.apply(new Literal(shape, numbers, dtype), List.of()).getFirst();
    }

    /// Float32 numbers drawn evenly from 0 to 1.
    public Tensor uniform(Shape shape) {
        return apply(new Uniform(shape));
    }

    // *** training

    /// Drops elements in training; nothing in evaluation or for `p` = 0.
    public Tensor dropout(double p) {
        return trace.isTraining() && p > 0 ? apply(new Dropout(p)) : this;
    }

    /// Drops whole channels in training; nothing in evaluation or for `p` = 0.
    public Tensor featureDropout(double p) {
        return trace.isTraining() && p > 0 ? apply(new FeatureDropout(p)) : this;
    }

    /// Gives a buffer new content.
    public void assign(Tensor content) {
        apply(new Assign(), content);
    }

    /// Records any op with this as first operand and one result.
    public Tensor apply(Op op, Tensor... others) {
        return applyAll(op, others).getFirst();
    }

    /// Records any op with this as first operand.
    public List<Tensor> applyAll(Op op, Tensor... others) {
        List<Tensor> operands = new ArrayList<>();
        operands.add(this);
        operands.addAll(Arrays.asList(others));
        return trace.apply(op, operands);
    }

    private List<Integer> axes(int... axes) {
        return Arrays.stream(axes).map(shape()::axis).boxed().toList();
    }

    /// As `float32 [N, 3, H, W]`.
    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
