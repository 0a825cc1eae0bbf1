package terrazzo.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// `{{ _base_.x.y }}` in JSON and YAML configs, where the whole text of a value names a variable of the base.
final class BaseVariables {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*_base_\\.([\\w.]+)\\s*}}");

    private BaseVariables() {}

    static DictValue substitute(DictValue dict, DictValue base, SourceSpan span) {
        Map<String, Value> entries = new LinkedHashMap<>();
        dict.entries().forEach((key, value) -> entries.put(key, substitute(value, base, span)));
        return new DictValue(entries, dict.spans());
    }

    private static Value substitute(Value value, DictValue base, SourceSpan span) {
        return switch (value) {
            case Value.Str(var text) -> {
                Matcher matcher = VARIABLE.matcher(text);
                yield matcher.matches() ? find(matcher.group(1), base, span) : value;
            }
            case DictValue dict -> substitute(dict, base, span);
            case Value.ListValue(var items) -> new Value.ListValue(all(items, base, span));
            case Value.TupleValue(var items) -> new Value.TupleValue(all(items, base, span));
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _ -> value;
        };
    }

    private static List<Value> all(List<Value> items, DictValue base, SourceSpan span) {
        List<Value> substituted = new ArrayList<>();
        items.forEach(item -> substituted.add(substitute(item, base, span)));
        return substituted;
    }

    private static Value find(String path, DictValue base, SourceSpan span) {
        Value value = base;
        for (String name : path.split("\\.")) {
            if (!(value instanceof DictValue dict) || !dict.entries().containsKey(name)) {
                throw new ConfigException(
                        span,
                        Complaint.at("")
                                .expected("'" + path + "' in the base config")
                                .got("nothing"));
            }
            value = dict.entries().getOrDefault(name, value);
        }
        return value;
    }
}
