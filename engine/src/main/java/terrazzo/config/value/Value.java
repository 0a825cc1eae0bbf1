package terrazzo.config.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.core.error.SourceSpan;

/// A value of a config. Equality is that of the values; where they were written does not count.
public sealed interface Value {

    /// Python's `None`.
    record None() implements Value {}

    record Bool(boolean value) implements Value {}

    record Int(long value) implements Value {}

    record Real(double value) implements Value {}

    record Str(String value) implements Value {}

    record ListValue(List<Value> items) implements Value {
        public ListValue {
            items = List.copyOf(items);
        }
    }

    record TupleValue(List<Value> items) implements Value {
        public TupleValue {
            items = List.copyOf(items);
        }
    }

    /// A dict in the order in which its keys were written. Keys that are not text (class ids of `label_map`) are kept
    /// by their printed form.
    ///
    /// @param entries value by key
    /// @param spans where each key was written; keys without a place are absent
    record DictValue(Map<String, Value> entries, Map<String, SourceSpan> spans) implements Value {
        public DictValue {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            spans = Map.copyOf(spans);
        }

        public static DictValue of(Map<String, Value> entries) {
            return new DictValue(entries, Map.of());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof DictValue that && entries.equals(that.entries);
        }

        @Override
        public int hashCode() {
            return entries.hashCode();
        }
    }

    /// The Python name of this value's type, for messages.
    default String typeName() {
        return switch (this) {
            case None _ -> "None";
            case Bool _ -> "bool";
            case Int _ -> "int";
            case Real _ -> "float";
            case Str _ -> "str";
            case ListValue _ -> "list";
            case TupleValue _ -> "tuple";
            case DictValue _ -> "dict";
        };
    }

    /// The value as a message quotes it, shortened to one line.
    default String brief() {
        String text = switch (this) {
            case None _ -> "None";
            case Bool(var b) -> b ? "True" : "False";
            case Int(var i) -> Long.toString(i);
            case Real(var d) -> PythonText.real(d);
            case Str(var s) -> "'" + s + "'";
            case ListValue(var items) ->
                "[" + String.join(", ", items.stream().map(Value::brief).toList()) + "]";
            case TupleValue(var items) ->
                "(" + String.join(", ", items.stream().map(Value::brief).toList()) + ")";
            case DictValue d -> "dict(" + String.join(", ", d.entries().keySet()) + ")";
        };
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
