package terrazzo.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import terrazzo.config.eval.Evaluator;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// `--cfg-options key=value …` with mmengine's rules for values: numbers, `true`, `false`, `None`, `1,2`, `[1,2]`,
/// `(1,2)`, anything else is text. Dicts can be given as Python writes them.
final class Options {

    private static final SourceSpan SPAN = SourceSpan.none("--cfg-options");
    private static final int MAX_DEPTH = 50;

    private Options() {}

    /// The config with each of `options` set, in their order.
    static DictValue apply(DictValue dict, List<String> options) {
        Value result = dict;
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals <= 0) {
                throw new ConfigException(
                        SPAN, Complaint.at("").expected("key=value").got("'" + option + "'"));
            }
            String key = option.substring(0, equals).strip();
            SourceSpan span = SourceSpan.none("--cfg-options " + key);
            result = Merge.set(result, keys(key, span), value(option.substring(equals + 1), span), span);
        }
        return (DictValue) result;
    }

    /// The first part of an option's key: `model` of `model.backbone.depth=50`.
    static String firstKey(String option) {
        return option.strip().split("[.=]", 2)[0];
    }

    /// The parts of `a.b.0."c.d"`.
    private static List<String> keys(String path, SourceSpan span) {
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if ((quote == 0 && (c == '\'' || c == '"')) || c == quote) {
                quote = quote == 0 ? c : 0;
            } else if (c == '.' && quote == 0) {
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        if (keys.contains("") || keys.size() > MAX_DEPTH) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("names with single dots between them")
                            .got("'" + path + "'"));
        }
        return keys;
    }

    private static Value value(String text, SourceSpan span) {
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("dict(")) {
            return Evaluator.evaluate(stripped, span.file());
        }
        return iterable(stripped, span, 0);
    }

    private static Value iterable(String text, SourceSpan span, int depth) {
        boolean quoted = text.length() > 1
                && "'\"".indexOf(text.charAt(0)) >= 0
                && text.charAt(text.length() - 1) == text.charAt(0);
        String inner = unquoted(text);
        if (quoted && !inner.contains(",") && !inner.startsWith("[") && !inner.startsWith("(")) {
            return scalar(inner);
        }
        String compact = inner.replace(" ", "");
        boolean tuple = compact.startsWith("(") && compact.endsWith(")");
        boolean list = compact.startsWith("[") && compact.endsWith("]");
        if (!tuple && !list && !compact.contains(",")) {
            return scalar(inner);
        }
        if (depth > MAX_DEPTH) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("at most " + MAX_DEPTH + " levels of brackets")
                            .got("more"));
        }
        String body = tuple || list ? compact.substring(1, compact.length() - 1) : compact;
        List<Value> items = new ArrayList<>();
        for (String item : split(body, span)) {
            items.add(iterable(item, span, depth + 1));
        }
        return tuple ? new Value.TupleValue(items) : new Value.ListValue(items);
    }

    private static String unquoted(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && "'\"".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "'\"".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /// The parts between the commas that stand outside of brackets.
    private static List<String> split(String text, SourceSpan span) {
        List<String> parts = new ArrayList<>();
        int level = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            level += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (level < 0) {
                break;
            }
            if (c == ',' && level == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (level != 0) {
            throw new ConfigException(
                    span, Complaint.at("").expected("balanced brackets").got("'" + text + "'"));
        }
        if (start < text.length()) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    private static Value scalar(String text) {
        String word = text.strip();
        if (word.matches("[+-]?\\d(_?\\d)*")) {
            try {
                return new Value.Int(Long.parseLong(word.replace("_", "")));
            } catch (NumberFormatException _) {
                return new Value.Real(Double.parseDouble(word.replace("_", "")));
            }
        }
        if (word.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            return new Value.Real(Double.parseDouble(word));
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> new Value.Bool(true);
            case "false" -> new Value.Bool(false);
            case "inf", "+inf" -> new Value.Real(Double.POSITIVE_INFINITY);
            case "-inf" -> new Value.Real(Double.NEGATIVE_INFINITY);
            case "nan" -> new Value.Real(Double.NaN);
            default -> word.equals("None") ? new Value.None() : new Value.Str(text);
        };
    }
}
