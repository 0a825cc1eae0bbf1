package terrazzo.train.logs;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/// The one number of a tensor, as TensorFlow 2 writes scalars.
final class ScalarTensor {

    private static final int DTYPE = 1;
    private static final int CONTENT = 4;
    private static final int FLOATS = 5;
    private static final int DOUBLES = 6;
    private static final int DT_FLOAT = 1;
    private static final int DT_DOUBLE = 2;

    private ScalarTensor() {}

    /// The first number of a tensor of floats or doubles; empty for other tensors, such as texts.
    static OptionalDouble read(ProtoReader tensor) {
        long type = 0;
        OptionalDouble number = OptionalDouble.empty();
        for (int field = tensor.next(); field != 0; field = tensor.next()) {
            switch (field) {
                case DTYPE -> type = tensor.number();
                case CONTENT -> number = first(tensor.content(), type);
                case FLOATS ->
                    number = tensor.isContent()
                            ? first(tensor.content(), DT_FLOAT)
                            : OptionalDouble.of(tensor.float32());
                case DOUBLES ->
                    number = tensor.isContent()
                            ? first(tensor.content(), DT_DOUBLE)
                            : OptionalDouble.of(tensor.float64());
                default -> {}
            }
        }
        return number;
    }

    private static OptionalDouble first(ByteBuffer content, long type) {
        if (type == DT_FLOAT && content.remaining() == Float.BYTES) {
            return OptionalDouble.of(content.getFloat());
        }
        if (type == DT_DOUBLE && content.remaining() == Double.BYTES) {
            return OptionalDouble.of(content.getDouble());
        }
        return OptionalDouble.empty();
    }
}
