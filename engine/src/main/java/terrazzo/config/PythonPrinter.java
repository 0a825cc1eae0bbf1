package terrazzo.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import terrazzo.config.value.Keywords;
import terrazzo.config.value.PythonText;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;
import terrazzo.config.value.Value.TupleValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Prints a config as Python text that mmengine and [Config#parse] read back to an equal dict: one assignment per key,
/// broken into lines where it would not fit.
final class PythonPrinter {

    private static final int WIDTH = 79;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");

    private final StringBuilder out = new StringBuilder();

    private PythonPrinter() {}

    static String print(DictValue config) {
        PythonPrinter printer = new PythonPrinter();
        for (var entry : config.entries().entrySet()) {
            String key = entry.getKey();
            if (!isName(key)
                    || key.startsWith("__")
                    || key.equals("_base_")
                    || key.equals("dict")
                    || key.equals("float")) {
                throw new ConfigException(
                        config.spans().getOrDefault(key, SourceSpan.none("config")),
                        Complaint.at("")
                                .expected("keys that Python can assign to")
                                .got(PythonText.quote(key))
                                .advice("rename it, or print as JSON"));
            }
            printer.out.append(key).append(" = ");
            printer.value(entry.getValue(), 0, 0);
            printer.out.append('\n');
        }
        return printer.out.toString();
    }

    private static boolean isName(String key) {
        return IDENTIFIER.matcher(key).matches() && !Keywords.has(key);
    }

    /// @param indent blanks before the line
    /// @param reserved characters that must follow on the same line
    private void value(Value value, int indent, int reserved) {
        String flat = flat(value, WIDTH);
        int column = out.length() - (out.lastIndexOf("\n") + 1);
        if (column + flat.length() + reserved <= WIDTH) {
            out.append(flat);
            return;
        }
        switch (value) {
            case ListValue(var items) -> items("[", items, "]", indent);
            case TupleValue(var items) -> items("(", items, ")", indent);
            case DictValue dict -> dict(dict, indent);
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ -> out.append(scalar(value));
        }
    }

    private void items(String open, List<Value> items, String close, int indent) {
        if (items.isEmpty()) {
            out.append(open).append(close);
            return;
        }
        out.append(open);
        for (Value item : items) {
            line(indent + 4);
            value(item, indent + 4, 1);
            out.append(',');
        }
        line(indent);
        out.append(close);
    }

    private void dict(DictValue dict, int indent) {
        boolean names = dict.entries().keySet().stream().allMatch(PythonPrinter::isName);
        out.append(names ? "dict(" : "{");
        int left = dict.entries().size();
        for (Map.Entry<String, Value> entry : dict.entries().entrySet()) {
            line(indent + 4);
            out.append(names ? entry.getKey() + "=" : key(entry.getKey()) + ": ");
            value(entry.getValue(), indent + 4, 1);
            left--;
            out.append(left > 0 ? "," : names ? ")" : "}");
        }
        if (dict.entries().isEmpty()) {
            out.append(')');
        }
    }

    private void line(int indent) {
        out.append('\n').repeat(" ", indent);
    }

    /// The value in one line; longer than `limit` as soon as it does not fit, and then not complete.
    private static String flat(Value value, int limit) {
        StringBuilder text = new StringBuilder();
        flat(value, text, limit);
        return text.toString();
    }

    private static void flat(Value value, StringBuilder text, int limit) {
        if (text.length() > limit) {
            return;
        }
        switch (value) {
            case ListValue(var items) -> flat("[", items, "]", text, limit);
            case TupleValue(var items) -> flat("(", items, items.size() == 1 ? ", )" : ")", text, limit);
            case DictValue dict -> {
                boolean names = dict.entries().keySet().stream().allMatch(PythonPrinter::isName);
                text.append(names ? "dict(" : "{");
                String separator = "";
                for (Map.Entry<String, Value> entry : dict.entries().entrySet()) {
                    text.append(separator).append(names ? entry.getKey() + "=" : key(entry.getKey()) + ": ");
                    flat(entry.getValue(), text, limit);
                    separator = ", ";
                    if (text.length() > limit) {
                        return;
                    }
                }
                text.append(names ? ")" : "}");
            }
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ -> text.append(scalar(value));
        }
    }

    private static void flat(String open, List<Value> items, String close, StringBuilder text, int limit) {
        text.append(open);
        String separator = "";
        for (Value item : items) {
            text.append(separator);
            flat(item, text, limit);
            separator = ", ";
            if (text.length() > limit) {
                return;
            }
        }
        text.append(close);
    }

    /// Class ids were numbers before they became text keys; in Python they must be numbers again.
    private static String key(String key) {
        return WHOLE_NUMBER.matcher(key).matches() ? key : text(key);
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Real(var d) when !Double.isFinite(d) -> "float('" + PythonText.real(d) + "')";
            case Value.Str(var s) -> text(s);
            default -> PythonText.scalar(value);
        };
    }

    /// Doubled braces would be read as a variable of the base config.
    private static String text(String text) {
        return PythonText.quote(text).replace("{{", "{\\x7b");
    }
}
