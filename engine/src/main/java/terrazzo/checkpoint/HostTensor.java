package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import terrazzo.core.shape.DType;

/// A tensor in main memory or in a mapped file, read-only, little-endian. One that a checkpoint keeps as a transposed
/// or
/// sliced view stays a view; [#bytes] and the `to…` methods deliver its elements in row-major order.
///
/// A tensor of a loaded checkpoint keeps the file mapped as long as it is reachable. Safe to share between threads.
public final class HostTensor {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Storage storage;
    private final long offset;
    private final List<Long> shape;
    private final List<Long> strides;

    /// @param offset elements of the storage before the first element
    /// @param strides elements of the storage from one index to the next, per dimension; all within the storage
    HostTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {
        this.storage = storage;
        this.offset = offset;
        this.shape = List.copyOf(shape);
        this.strides = List.copyOf(strides);
    }

    /// A tensor over `bytes`, which hold its elements in row-major order, little-endian, and must not change any more.
    ///
    /// @throws IllegalArgumentException when the number of bytes is not that of the shape
    public static HostTensor of(DType dtype, List<Long> shape, MemorySegment bytes) {
        if (numel(shape) * dtype.sizeBytes() != bytes.byteSize()) {
            throw new IllegalArgumentException(shape + " " + dtype + " takes " + numel(shape) * dtype.sizeBytes()
                    + " bytes, not " + bytes.byteSize());
        }
        return new HostTensor(Storage.of(dtype, bytes), 0, shape, rowMajor(shape));
    }

    /// A float32 tensor; the array is copied.
    public static HostTensor ofFloats(List<Long> shape, float... values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(4, values.length)]);
        MemorySegment.copy(values, 0, bytes, FLOAT, 0, values.length);
        return of(DType.FLOAT32, shape, bytes);
    }

    /// A float64 tensor; the array is copied.
    public static HostTensor ofDoubles(List<Long> shape, double... values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(8, values.length)]);
        MemorySegment.copy(values, 0, bytes, DOUBLE, 0, values.length);
        return of(DType.FLOAT64, shape, bytes);
    }

    /// An int64 tensor; the array is copied.
    public static HostTensor ofLongs(List<Long> shape, long... values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(8, values.length)]);
        MemorySegment.copy(values, 0, bytes, LONG, 0, values.length);
        return of(DType.INT64, shape, bytes);
    }

    public DType dtype() {
        return storage.dtype();
    }

    public List<Long> shape() {
        return shape;
    }

    /// Number of elements; 1 for a tensor without dimensions.
    public long numel() {
        return numel(shape);
    }

    /// Bytes of the elements in row-major order, whatever the storage behind takes.
    public long sizeBytes() {
        return numel() * dtype().sizeBytes();
    }

    /// Whether the elements lie in row-major order without gaps.
    public boolean isContiguous() {
        long expected = 1;
        for (int d = shape.size() - 1; d >= 0; d--) {
            if (shape.get(d) != 1 && strides.get(d) != expected) {
                return numel() == 0;
            }
            expected *= shape.get(d);
        }
        return true;
    }

    /// The elements in row-major order, little-endian, read-only: the mapped file itself where that is possible, a copy
    /// for transposed and sliced views.
    public MemorySegment bytes() {
        int size = dtype().sizeBytes();
        if (isContiguous()) {
            return numel() == 0 ? MemorySegment.NULL : storage.bytes().asSlice(offset * size, sizeBytes());
        }
        MemorySegment target = MemorySegment.ofArray(new byte[Math.toIntExact(sizeBytes())]);
        gather(target, 0, 0, offset);
        return target.asReadOnly();
    }

    /// Takes the elements out of memory where they are those of a mapped file; whoever asks for them again reads the
    /// file again.
    public void unload() {
        MemorySegment bytes = storage.bytes();
        if (bytes.isMapped()) {
            bytes.unload();
        }
    }

    /// [#bytes] for interfaces that take buffers.
    ///
    /// @throws UnsupportedOperationException for tensors of 2 GB and more
    public ByteBuffer asByteBuffer() {
        if (sizeBytes() > Integer.MAX_VALUE) {
            throw new UnsupportedOperationException("a tensor of " + sizeBytes() + " bytes does not fit a buffer");
        }
        return bytes().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The same elements with the dimensions in another order, as a view: `permute(1, 0)` transposes.
    ///
    /// @param dims for each dimension of the result, which one it was
    public HostTensor permute(int... dims) {
        if (!IntStream.of(dims)
                .sorted()
                .boxed()
                .toList()
                .equals(IntStream.range(0, shape.size()).boxed().toList())) {
            throw new IllegalArgumentException("no order of " + shape.size() + " dimensions: " + Arrays.toString(dims));
        }
        return new HostTensor(
                storage,
                offset,
                IntStream.of(dims).mapToObj(shape::get).toList(),
                IntStream.of(dims).mapToObj(strides::get).toList());
    }

    /// The elements in row-major order under another shape: a view where they lie so, else a copy.
    ///
    /// @throws IllegalArgumentException when the shape has another number of elements
    public HostTensor reshape(long... sizes) {
        List<Long> other = LongStream.of(sizes).boxed().toList();
        if (numel(other) != numel()) {
            throw new IllegalArgumentException(shape + " can't be seen as " + other);
        }
        return isContiguous() ? new HostTensor(storage, offset, other, rowMajor(other)) : of(dtype(), other, bytes());
    }

    /// Rows `from` (included) to `to` (excluded) of the first dimension, as a view.
    public HostTensor rows(long from, long to) {
        if (from < 0 || from > to || to > shape.getFirst()) {
            throw new IllegalArgumentException("no rows " + from + " to " + to + " in " + this);
        }
        List<Long> sizes = new ArrayList<>(shape);
        sizes.set(0, to - from);
        return new HostTensor(storage, offset + from * strides.getFirst(), sizes, strides);
    }

    /// Tensors one after the other along the first dimension, copied; all else must be the same.
    public static HostTensor concat(List<HostTensor> parts) {
        HostTensor first = parts.getFirst();
        long rows = 0;
        long size = 0;
        for (HostTensor part : parts) {
            if (part.dtype() != first.dtype() || !rowShape(part).equals(rowShape(first))) {
                throw new IllegalArgumentException("can't put " + part + " behind " + first);
            }
            rows += part.shape.getFirst();
            size += part.sizeBytes();
        }
        MemorySegment joined = MemorySegment.ofArray(new byte[Math.toIntExact(size)]);
        long at = 0;
        for (HostTensor part : parts) {
            MemorySegment.copy(part.bytes(), 0, joined, at, part.sizeBytes());
            at += part.sizeBytes();
        }
        List<Long> shape = new ArrayList<>(rowShape(first));
        shape.addFirst(rows);
        return of(first.dtype(), shape, joined);
    }

    private static List<Long> rowShape(HostTensor tensor) {
        return tensor.shape.subList(1, tensor.shape.size());
    }

    /// All elements in row-major order as float32; wider types are rounded, bool gives 0 and 1.
    public float[] toFloats() {
        int n = Math.toIntExact(numel());
        float[] values = new float[n];
        MemorySegment from = bytes();
        if (dtype() == DType.FLOAT32) {
            MemorySegment.copy(from, FLOAT, 0, values, 0, n);
            return values;
        }
        for (int i = 0; i < n; i++) {
            values[i] = (float) real(from, i);
        }
        return values;
    }

    /// A copy rounded to float16; what is too large for it becomes infinite.
    HostTensor toHalf() {
        float[] values = toFloats();
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(2, values.length)]);
        for (int i = 0; i < values.length; i++) {
            bytes.setAtIndex(SHORT, i, Float.floatToFloat16(values[i]));
        }
        return of(DType.FLOAT16, shape, bytes);
    }

    /// All elements in row-major order as float64.
    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(numel())];
        MemorySegment from = bytes();
        for (int i = 0; i < values.length; i++) {
            values[i] = real(from, i);
        }
        return values;
    }

    /// All elements in row-major order as int64; fractions are cut off.
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(numel())];
        MemorySegment from = bytes();
        for (int i = 0; i < values.length; i++) {
            values[i] = dtype() == DType.INT64 ? from.getAtIndex(LONG, i) : (long) real(from, i);
        }
        return values;
    }

    /// Whether type, shape and every byte are the same.
    public boolean hasSameContent(HostTensor other) {
        return dtype() == other.dtype() && shape.equals(other.shape) && bytes().mismatch(other.bytes()) == -1;
    }

    /// `float32 [64, 3, 7, 7]`.
    @Override
    public String toString() {
        return dtype().name().toLowerCase(Locale.ROOT) + " " + shape;
    }

    Storage storage() {
        return storage;
    }

    long offset() {
        return offset;
    }

    List<Long> strides() {
        return strides;
    }

    static long numel(List<Long> shape) {
        long n = 1;
        for (long size : shape) {
            n = Math.multiplyExact(n, size);
        }
        return n;
    }

    static List<Long> rowMajor(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long step = 1;
        for (int d = strides.length - 1; d >= 0; d--) {
            strides[d] = step;
            step *= Math.max(1, shape.get(d));
        }
        return List.of(strides);
    }

    /// Copies dimension `dim` and those inside it to `target` from byte `at` on; gives the byte after the last one.
    private long gather(MemorySegment target, long at, int dim, long from) {
        int size = dtype().sizeBytes();
        if (dim == shape.size()) {
            MemorySegment.copy(storage.bytes(), from * size, target, at, size);
            return at + size;
        }
        long next = at;
        if (dim == shape.size() - 1 && size == Integer.BYTES) { // the common case, without a call per element
            MemorySegment source = storage.bytes();
            for (long i = 0; i < shape.get(dim); i++, next += size) {
                target.set(INT, next, source.get(INT, (from + i * strides.get(dim)) * size));
            }
            return next;
        }
        for (long i = 0; i < shape.get(dim); i++) {
            next = gather(target, next, dim + 1, from + i * strides.get(dim));
        }
        return next;
    }

    private double real(MemorySegment from, long i) {
        return switch (dtype()) {
            case FLOAT32 -> from.getAtIndex(FLOAT, i);
            case FLOAT64 -> from.getAtIndex(DOUBLE, i);
            case FLOAT16 -> Float.float16ToFloat(from.getAtIndex(SHORT, i));
            case BFLOAT16 -> Float.intBitsToFloat(from.getAtIndex(SHORT, i) << 16);
            case INT64 -> from.getAtIndex(LONG, i);
            case INT32 -> from.getAtIndex(INT, i);
            case INT16 -> from.getAtIndex(SHORT, i);
            case INT8 -> from.get(ValueLayout.JAVA_BYTE, i);
            case UINT8 -> from.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            case BOOL -> from.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1;
        };
    }
}
