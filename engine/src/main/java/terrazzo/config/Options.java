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
/// `(1,2)`, anything else is text. Dicts, also as items of lists, can be given as Python writes them, which mmengine
/// does not know.
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
        return value(text.strip(), span, 0);
    }

    /// @param text without space around it
    /// @param depth of lists around it; in them mmengine drops all spaces
    private static Value value(String text, SourceSpan span, int depth) {
        if (startsDict(text, 0) && split(text, span).size() == 1) {
            return dict(text, span);
        }
        boolean quoted = text.length() > 1
                && "'\"".indexOf(text.charAt(0)) >= 0
                && text.charAt(text.length() - 1) == text.charAt(0);
        String inner = unquoted(text);
        String bare = inner.strip();
        if (quoted && !bare.contains(",") && !bare.startsWith("[") && !bare.startsWith("(")) {
            return scalar(inner, depth);
        }
        boolean tuple = bare.startsWith("(") && bare.endsWith(")");
        boolean list = bare.startsWith("[") && bare.endsWith("]");
        if (!tuple && !list && !bare.contains(",")) {
            return scalar(inner, depth);
        }
        if (depth > MAX_DEPTH) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("at most " + MAX_DEPTH + " levels of brackets")
                            .got("more"));
        }
        String body = tuple || list ? bare.substring(1, bare.length() - 1).strip() : bare;
        List<Value> items = new ArrayList<>();
        for (String item : split(body, span)) {
            items.add(value(item.strip(), span, depth + 1));
        }
        return tuple ? new Value.TupleValue(items) : new Value.ListValue(items);
    }

    private static Value dict(String text, SourceSpan span) {
        try {
            return Evaluator.evaluate(text, span.file());
        } catch (ConfigException e) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected(e.complaint().expected())
                            .got(e.complaint().got())
                            .advice("write dicts as Python does, with text in quotes: dict(type='PolyLR', power=0.9)"));
        }
    }

    /// Whether an item that begins at `at` is a dict; its text is Python's, quotes and spaces included.
    private static boolean startsDict(String text, int at) {
        if (!text.startsWith("{", at) && !text.startsWith("dict(", at)) {
            return false;
        }
        String before = text.substring(0, at).stripTrailing();
        return before.isEmpty() || "[(,".indexOf(before.charAt(before.length() - 1)) >= 0;
    }

    /// Behind the bracket that closes the dict at `start`; the end of the text where none does.
    private static int endOfDict(String text, int start) {
        int level = 0;
        char quote = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                i += c == '\\' ? 1 : 0;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                level++;
            } else if (")]}".indexOf(c) >= 0 && --level == 0) {
                return i + 1;
            }
        }
        return text.length();
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
        int i = 0;
        while (i < text.length() && level >= 0) {
            char c = text.charAt(i);
            if (startsDict(text, i)) {
                i = endOfDict(text, i);
                continue;
            }
            level += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (c == ',' && level == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
            i++;
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

    private static Value scalar(String inner, int depth) {
        String text = depth == 0 ? inner : inner.replace(" ", "");
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
