package terrazzo.config.eval;

import java.util.List;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.config.eval.Item.Function;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Method;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.value.PythonText;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Items as Python prints them.
final class Text {

    private static final int MAX_DEPTH = 100;

    private Text() {}

    /// `str(item)`.
    static String str(Item item, SourceSpan span) {
        return item instanceof Scalar(Value.Str(var text)) ? text : repr(item, span);
    }

    /// `repr(item)`.
    static String repr(Item item, SourceSpan span) {
        StringBuilder out = new StringBuilder();
        append(item, out, span, 0);
        return out.toString();
    }

    private static void append(Item item, StringBuilder out, SourceSpan span, int depth) {
        if (depth > MAX_DEPTH || out.length() > Budget.MAX_LENGTH) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("a text of at most " + Budget.MAX_LENGTH + " characters")
                            .got("more"));
        }
        switch (item) {
            case Scalar(var value) -> out.append(PythonText.scalar(value));
            case ListItem(var items) -> appendAll("[", items, "]", out, span, depth);
            case TupleItem(var items) -> appendAll("(", items, items.size() == 1 ? ",)" : ")", out, span, depth);
            case DictItem(var entries) -> {
                String separator = "{";
                for (Entry entry : entries.values()) {
                    out.append(separator);
                    append(entry.key(), out, span, depth + 1);
                    out.append(": ");
                    append(entry.value(), out, span, depth + 1);
                    separator = ", ";
                }
                out.append(entries.isEmpty() ? "{}" : "}");
            }
            case Function _, Method _ -> out.append('<').append(item.typeName()).append('>');
        }
    }

    private static void appendAll(
            String open, List<Item> items, String close, StringBuilder out, SourceSpan span, int depth) {
        out.append(open);
        String separator = "";
        for (Item item : items) {
            out.append(separator);
            append(item, out, span, depth + 1);
            separator = ", ";
        }
        out.append(close);
    }
}
