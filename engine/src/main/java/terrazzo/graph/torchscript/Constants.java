package terrazzo.graph.torchscript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.graph.ir.CreateOp.Literal;

/// The tensors that a module's text refers to as attributes; equal ones are kept once.
final class Constants {

    private final Map<Literal, String> nameByLiteral = new LinkedHashMap<>();

    /// The expression that stands for `literal` in a method.
    String tensor(Literal literal) {
        return "self." + nameByLiteral.computeIfAbsent(literal, _ -> "c" + nameByLiteral.size());
    }

    /// Constants in the order of their names.
    List<Literal> literals() {
        return new ArrayList<>(nameByLiteral.keySet());
    }
}
