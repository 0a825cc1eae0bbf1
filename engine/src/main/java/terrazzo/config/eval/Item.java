package terrazzo.config.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.value.Value;
import terrazzo.core.error.SourceSpan;

/// A value while a config is read.
sealed interface Item {

    /// `None`, a truth value, a number or a text.
    record Scalar(Value value) implements Item {}

    record TupleItem(List<Item> items) implements Item {}

    /// A list, shared by everything that refers to it.
    record ListItem(List<Item> items) implements Item {
        static ListItem of(Collection<Item> items) {
            return new ListItem(new ArrayList<>(items));
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /// A dict, shared by everything that refers to it. The map's keys are [Keys#of] the entries' keys.
    record DictItem(Map<Object, Entry> entries) implements Item {
        DictItem() {
            this(new LinkedHashMap<>());
        }

        Optional<Item> find(Item key, SourceSpan span) {
            return Optional.ofNullable(entries.get(Keys.of(key, span))).map(Entry::value);
        }

        Optional<Item> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        void put(Item key, Item value, SourceSpan span) {
            Object mapKey = Keys.of(key, span);
            Entry old = entries.get(mapKey);
            entries.put(mapKey, new Entry(old == null ? key : old.key, value, span));
        }

        void put(String key, Item value, SourceSpan span) {
            entries.put(key, new Entry(text(key), value, span));
        }

        List<Item> keys() {
            return entries.values().stream().map(Entry::key).toList();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /// A function of [Builtins].
    record Function(String name) implements Item {}

    /// A method of [Methods] with the value it belongs to.
    record Method(Item self, String name) implements Item {}

    record Entry(Item key, Item value, SourceSpan span) {}

    static Item none() {
        return new Scalar(new Value.None());
    }

    static Item text(String text) {
        return new Scalar(new Value.Str(text));
    }

    static Item integer(long value) {
        return new Scalar(new Value.Int(value));
    }

    static Item real(double value) {
        return new Scalar(new Value.Real(value));
    }

    static Item bool(boolean value) {
        return new Scalar(new Value.Bool(value));
    }

    /// The Python name of the type, for messages.
    default String typeName() {
        return switch (this) {
            case Scalar(var value) -> value.typeName();
            case TupleItem _ -> "tuple";
            case ListItem _ -> "list";
            case DictItem _ -> "dict";
            case Function(var name) -> "function '" + name + "'";
            case Method(var _, var name) -> "method '" + name + "'";
        };
    }
}
