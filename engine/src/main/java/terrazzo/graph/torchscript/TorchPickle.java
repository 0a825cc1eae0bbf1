package terrazzo.graph.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import terrazzo.core.shape.DType;

/// The few pickle opcodes that a TorchScript archive needs (protocol 2).
final class TorchPickle {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TorchPickle() {
        op(0x80);
        op(2);
    }

    static byte[] emptyTuple() {
        return new byte[] {(byte) 0x80, 2, ')', '.'};
    }

    /// A new object of a class, with an empty state on top of the stack.
    void object(String module, String name) {
        global(module, name);
        op(')');
        op(0x81); // NEWOBJ
        op('}');
    }

    void mark() {
        op('(');
    }

    /// Gives the key and value pairs since the mark to the object, and ends.
    void setState() {
        op('u');
        op('b');
    }

    byte[] toBytes() {
        op('.');
        return out.toByteArray();
    }

    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        int32(bytes.length);
        out.writeBytes(bytes);
    }

    void bool(boolean value) {
        op(value ? 0x88 : 0x89);
    }

    /// A contiguous tensor whose elements are the archive's entry `data/KEY`.
    void tensor(int key, DType dtype, long[] sizes) {
        long count = 1;
        long[] strides = new long[sizes.length];
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = count;
            count *= sizes[i];
        }
        global("torch._utils", "_rebuild_tensor_v2");
        mark();
        mark();
        text("storage");
        global("torch", storage(dtype));
        text(Integer.toString(key));
        text("cpu");
        number(count);
        op('t');
        op('Q'); // BINPERSID
        number(0);
        tuple(sizes);
        tuple(strides);
        bool(false);
        global("collections", "OrderedDict");
        op(')');
        op('R');
        op('t');
        op('R');
    }

    private static String storage(DType dtype) {
        return switch (dtype) {
            case UINT8 -> "ByteStorage";
            case INT8 -> "CharStorage";
            case INT16 -> "ShortStorage";
            case INT32 -> "IntStorage";
            case INT64 -> "LongStorage";
            case FLOAT16 -> "HalfStorage";
            case FLOAT32 -> "FloatStorage";
            case FLOAT64 -> "DoubleStorage";
            case BOOL -> "BoolStorage";
            case BFLOAT16 -> "BFloat16Storage";
        };
    }

    private void tuple(long[] numbers) {
        mark();
        for (long number : numbers) {
            number(number);
        }
        op('t');
    }

    private void number(long value) {
        op(0x8a); // LONG1
        op(8);
        int32((int) value);
        int32((int) (value >> 32));
    }

    private void global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void int32(int value) {
        for (int i = 0; i < 4; i++) {
            op(value >> (8 * i));
        }
    }

    private void op(int code) {
        out.write(code);
    }
}
