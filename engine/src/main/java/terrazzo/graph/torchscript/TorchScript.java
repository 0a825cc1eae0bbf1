package terrazzo.graph.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import terrazzo.graph.ir.CreateOp.Literal;
import terrazzo.graph.ir.Graph;

/// A TorchScript module in text form, ready to be packed for libtorch.
///
/// @param code the class with its methods
/// @param constants tensors that the code refers to as `self.c0`, `self.c1`, …
public record TorchScript(String code, List<Literal> constants) {

    private static final String CLASS = "Net";

    /// Emits one method per graph.
    ///
    /// @param graphByMethod graphs by the name of the method that runs them
    public static TorchScript emit(Map<String, Graph> graphByMethod) {
        Constants constants = new Constants();
        String methods = graphByMethod.entrySet().stream()
                .map(e -> new MethodWriter(e.getValue(), constants).write(e.getKey()))
                .collect(Collectors.joining());
        return of(methods, constants.literals());
    }

    /// A module of hand-written methods, for what is not a model: optimizer steps and the like.
    ///
    /// @param methods method definitions, indented by two spaces
    public static TorchScript of(String methods, List<Literal> constants) {
        StringBuilder head = new StringBuilder("class " + CLASS + "(Module):\n");
        head.append("  __parameters__ = []\n");
        head.append("  __buffers__ = []\n");
        head.append("  training : bool\n");
        for (int i = 0; i < constants.size(); i++) {
            head.append("  c").append(i).append(" : Tensor\n");
        }
        return new TorchScript(head + methods, List.copyOf(constants));
    }

    /// The module as an archive, as `torch.jit.load` reads it.
    public byte[] toArchive() {
        TorchPickle data = new TorchPickle();
        data.object("__torch__", CLASS);
        data.mark();
        data.text("training");
        data.bool(false);
        for (int i = 0; i < constants.size(); i++) {
            Literal literal = constants.get(i);
            data.text("c" + i);
            data.tensor(i, literal.dtype(), literal.shape().toLongs());
        }
        data.setState();

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TorchArchive archive = new TorchArchive(bytes)) {
            archive.text("version", "10\n"); // older numbers select older operator schemas
            archive.text("byteorder", "little");
            archive.text("code/__torch__.py", code);
            archive.entry("constants.pkl", TorchPickle.emptyTuple());
            archive.entry("data.pkl", data.toBytes());
            IntStream.range(0, constants.size()).forEach(i -> archive.entry("data/" + i, bytes(constants.get(i))));
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(Literal literal) {
        int width = literal.dtype().sizeBytes();
        ByteBuffer buffer =
                ByteBuffer.allocate(literal.numbers().size() * width).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : literal.numbers()) {
            switch (literal.dtype()) {
                case FLOAT32 -> buffer.putFloat((float) number);
                case FLOAT64 -> buffer.putDouble(number);
                case INT64 -> buffer.putLong((long) number);
                case INT16 -> buffer.putShort((short) number);
                case INT32 -> buffer.putInt((int) number);
                case UINT8, INT8, BOOL -> buffer.put((byte) (long) number);
                case FLOAT16, BFLOAT16 ->
                    throw new IllegalArgumentException("expected a literal of full precision, got " + literal.dtype());
            }
        }
        return buffer.array();
    }
}
