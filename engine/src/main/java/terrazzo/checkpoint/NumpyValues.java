package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import terrazzo.checkpoint.PickleValue.Bool;
import terrazzo.checkpoint.PickleValue.Bytes;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.None;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.checkpoint.PickleValue.Str;
import terrazzo.checkpoint.PickleValue.Tuple;
import terrazzo.core.shape.DType;

/// NumPy arrays and scalars as pickles describe them: a call of `_reconstruct` or `scalar` with the type, the shape and
/// the bytes. They stay [Opaque]s in the tree of values; this class reads numbers out of them and builds them.
public final class NumpyValues {

    private static final Global RECONSTRUCT = new Global("numpy.core.multiarray", "_reconstruct");
    private static final Global SCALAR = new Global("numpy.core.multiarray", "scalar");
    private static final Global NDARRAY = new Global("numpy", "ndarray");
    private static final Global DTYPE = new Global("numpy", "dtype");

    private NumpyValues() {}

    /// The array or scalar as a tensor; nothing for other objects and for element types without a number of ours.
    public static Optional<HostTensor> toTensor(Opaque value) {
        String name = value.name().replace("numpy._core.", "numpy.core.");
        List<PickleValue> args = value.args().asItems();
        if (name.equals("numpy.core.multiarray._reconstruct") && value.state().isPresent()) {
            List<PickleValue> state = value.state().get().asItems(); // version, shape, dtype, is Fortran order, bytes
            return state.size() == 5
                    ? tensor(state.get(1).asItems(), state.get(2), state.get(3), state.get(4))
                    : Optional.empty();
        }
        if (name.equals("numpy.core.numeric._frombuffer")
                && args.size() == 4) { // protocol 5: bytes, dtype, shape, order
            PickleValue fortran = new Bool(args.get(3).asText().equals(Optional.of("F")));
            return tensor(args.get(2).asItems(), args.get(1), fortran, args.get(0));
        }
        if (name.equals("numpy.core.multiarray.scalar") && args.size() == 2) {
            return tensor(List.of(), args.get(0), new Bool(false), args.get(1));
        }
        return Optional.empty();
    }

    /// A NumPy array of the tensor's type, shape and elements, which are copied.
    public static Opaque array(HostTensor tensor) {
        List<PickleValue> shape = new ArrayList<>();
        tensor.shape().forEach(size -> shape.add(PickleValue.of(size)));
        byte[] content = tensor.bytes().toArray(ValueLayout.JAVA_BYTE);
        return Opaque.call(
                        RECONSTRUCT,
                        NDARRAY,
                        Tuple.of(PickleValue.of(0)),
                        new Bytes("b".getBytes(StandardCharsets.US_ASCII)))
                .withState(Tuple.of(
                        PickleValue.of(1),
                        new Tuple(shape),
                        dtype(tensor.dtype()),
                        PickleValue.of(false),
                        new Bytes(content)));
    }

    /// A `numpy.float64` scalar.
    public static Opaque float64(double value) {
        byte[] content = HostTensor.ofDoubles(List.of(), value).bytes().toArray(ValueLayout.JAVA_BYTE);
        return Opaque.call(SCALAR, dtype(DType.FLOAT64), new Bytes(content));
    }

    private static Opaque dtype(DType type) {
        PickleValue order = PickleValue.of(type.sizeBytes() == 1 ? "|" : "<");
        PickleValue none = new None();
        PickleValue minusOne = PickleValue.of(-1);
        return Opaque.call(DTYPE, PickleValue.of(code(type)), PickleValue.of(false), PickleValue.of(true))
                .withState(Tuple.of(PickleValue.of(3), order, none, none, none, minusOne, minusOne, PickleValue.of(0)));
    }

    private static Optional<HostTensor> tensor(
            List<PickleValue> sizes, PickleValue dtype, PickleValue fortran, PickleValue content) {
        DType type = type(dtype);
        byte[] bytes = switch (content) {
            case Bytes b -> b.toArray();
            case Str(var text) -> text.getBytes(StandardCharsets.ISO_8859_1); // Python 2
            case PickleValue _ -> null;
        };
        if (type == null || bytes == null) {
            return Optional.empty();
        }
        List<Long> shape = new ArrayList<>();
        for (PickleValue size : sizes) {
            shape.add(size.asLong().filter(n -> n >= 0).orElse(Long.MAX_VALUE));
        }
        if (!fits(shape, type, bytes.length)) {
            return Optional.empty();
        }
        Storage storage = Storage.of(type, MemorySegment.ofArray(bytes));
        boolean columns = fortran instanceof Bool(var isColumns) && isColumns;
        List<Long> strides = columns ? HostTensor.rowMajor(shape.reversed()).reversed() : HostTensor.rowMajor(shape);
        return Optional.of(new HostTensor(storage, 0, shape, strides));
    }

    private static boolean fits(List<Long> shape, DType type, long bytes) {
        try {
            return Math.multiplyExact(HostTensor.numel(shape), type.sizeBytes()) == bytes;
        } catch (ArithmeticException _) {
            return false;
        }
    }

    private static String code(DType type) {
        return switch (type) {
            case FLOAT64 -> "f8";
            case FLOAT32 -> "f4";
            case FLOAT16 -> "f2";
            case INT64 -> "i8";
            case INT32 -> "i4";
            case INT16 -> "i2";
            case INT8 -> "i1";
            case UINT8 -> "u1";
            case BOOL -> "b1";
            case BFLOAT16 -> throw new IllegalArgumentException("NumPy has no bfloat16");
        };
    }

    private static boolean isBigEndian(List<PickleValue> state) {
        return state.size() > 1 && state.get(1).asText().equals(Optional.of(">"));
    }

    /// The type of a call `numpy.dtype('f8', False, True)` with its byte order in the state.
    private static @Nullable DType type(PickleValue value) {
        if (!(value instanceof Opaque call) || !call.name().equals("numpy.dtype")) {
            return null;
        }
        List<PickleValue> args = call.args().asItems();
        List<PickleValue> state = call.state().map(PickleValue::asItems).orElse(List.of());
        if (args.isEmpty() || isBigEndian(state)) {
            return null;
        }
        return type(args.getFirst().asText().orElse("")).orElse(null);
    }

    /// The type that NumPy calls `f4`, `i8` and so on.
    static Optional<DType> type(String code) {
        return Arrays.stream(DType.values())
                .filter(type -> type != DType.BFLOAT16 && code(type).equals(code))
                .findFirst();
    }
}
