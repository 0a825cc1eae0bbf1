package terrazzo.checkpoint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of a pickle: read from a checkpoint, or built to be written into one.
///
/// Containers compare by identity, because a pickle may share and even nest them within themselves; whoever walks
/// through them bounds the depth. A Python object of a class that we don't know is an [Opaque]: what was called, with
/// which arguments, and the state that was given to it. Built the same way, it can be written; see [HistoryBuffer].
public sealed interface PickleValue {

    /// Python's `None`.
    record None() implements PickleValue {}

    record Bool(boolean value) implements PickleValue {}

    /// An integer of any size.
    record Int(BigInteger value) implements PickleValue {}

    record Real(double value) implements PickleValue {}

    /// A text. Ordered, so that many texts of one hash can't make a dict slow.
    record Str(String value) implements PickleValue, Comparable<Str> {
        @Override
        public int compareTo(Str other) {
            return value.compareTo(other.value);
        }
    }

    /// Python's `bytes`. Compares by identity.
    final class Bytes implements PickleValue {
        private final byte[] content;

        public Bytes(byte[] content) {
            this.content = content.clone();
        }

        public byte[] toArray() {
            return content.clone();
        }

        public int length() {
            return content.length;
        }
    }

    /// A Python list.
    final class ListValue implements PickleValue {
        private final List<PickleValue> items;

        public ListValue(List<? extends PickleValue> items) {
            this.items = new ArrayList<>(items);
        }

        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        void add(PickleValue item) {
            items.add(item);
        }
    }

    /// A Python tuple, also `torch.Size`.
    final class Tuple implements PickleValue {
        private final List<PickleValue> items;

        public Tuple(List<? extends PickleValue> items) {
            this.items = List.copyOf(items);
        }

        public static Tuple of(PickleValue... items) {
            return new Tuple(List.of(items));
        }

        public List<PickleValue> items() {
            return items;
        }
    }

    /// A Python set or frozenset.
    final class SetValue implements PickleValue {
        private final List<PickleValue> items;
        private final boolean frozen;

        public SetValue(List<? extends PickleValue> items, boolean frozen) {
            this.items = new ArrayList<>(items);
            this.frozen = frozen;
        }

        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        public boolean isFrozen() {
            return frozen;
        }

        void add(PickleValue item) {
            items.add(item);
        }
    }

    /// A Python dict or `OrderedDict` in the order of its entries. The attributes are what was set on an ordered dict
    /// object itself, for example `_metadata` of a state dict.
    final class Dict implements PickleValue {
        private final Map<PickleValue, PickleValue> entries = new LinkedHashMap<>();
        private final boolean ordered;
        private @Nullable PickleValue attributes;

        private Dict(boolean ordered) {
            this.ordered = ordered;
        }

        /// An empty `dict`.
        public static Dict plain() {
            return new Dict(false);
        }

        /// An empty `collections.OrderedDict`.
        public static Dict ordered() {
            return new Dict(true);
        }

        /// Sets an entry; returns this dict.
        public Dict put(String key, PickleValue value) {
            return put(new Str(key), value);
        }

        /// Sets an entry; returns this dict.
        public Dict put(PickleValue key, PickleValue value) {
            entries.put(key, value);
            return this;
        }

        /// Sets the attributes of the object itself, usually a dict; returns this dict.
        public Dict withAttributes(PickleValue state) {
            this.attributes = state;
            return this;
        }

        public Map<PickleValue, PickleValue> entries() {
            return Collections.unmodifiableMap(entries);
        }

        public Optional<PickleValue> get(String key) {
            return get(new Str(key));
        }

        /// The value of a key of any type; optimizers number their parameters, for example.
        public Optional<PickleValue> get(PickleValue key) {
            return Optional.ofNullable(entries.get(key));
        }

        public boolean isOrdered() {
            return ordered;
        }

        public Optional<PickleValue> attributes() {
            return Optional.ofNullable(attributes);
        }
    }

    /// A tensor, also a `Parameter`.
    record Tensor(HostTensor value) implements PickleValue {}

    /// A storage by itself, as only very old checkpoints keep it; written back as a tensor of one dimension.
    record Flat(HostTensor value) implements PickleValue {}

    /// The name of a class or function.
    record Global(String module, String name) implements PickleValue {

        /// `module.name`, with the built-in module by its present name.
        public String qualified() {
            return (module.equals("__builtin__") ? "builtins" : module) + "." + name;
        }
    }

    /// A call that was not carried out.
    final class Opaque implements PickleValue {
        private final PickleValue callee;
        private final PickleValue args;
        private final boolean newObject;
        private final List<PickleValue> items = new ArrayList<>();
        private final Map<PickleValue, PickleValue> entries = new LinkedHashMap<>();
        private @Nullable PickleValue state;

        Opaque(PickleValue callee, PickleValue args, boolean newObject) {
            this.callee = callee;
            this.args = args;
            this.newObject = newObject;
        }

        /// `callee(*args)`, as a function is called or an old object is made.
        public static Opaque call(Global callee, PickleValue... args) {
            return new Opaque(callee, Tuple.of(args), false);
        }

        /// An object of class `type` made without arguments, with `state` as its attributes.
        public static Opaque newObject(Global type, PickleValue state) {
            return new Opaque(type, Tuple.of(), true).withState(state);
        }

        /// Sets what `__setstate__` gets, usually a dict of the attributes; returns this value.
        public Opaque withState(PickleValue newState) {
            this.state = newState;
            return this;
        }

        public PickleValue callee() {
            return callee;
        }

        /// The arguments, a [Tuple] unless the file is odd.
        public PickleValue args() {
            return args;
        }

        public Optional<PickleValue> state() {
            return Optional.ofNullable(state);
        }

        /// What was appended to the object as if it were a list.
        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        /// What was set in the object as if it were a dict.
        public Map<PickleValue, PickleValue> entries() {
            return Collections.unmodifiableMap(entries);
        }

        /// The qualified name of what is called.
        public String name() {
            return callee instanceof Global global ? global.qualified() : "a computed function";
        }

        boolean isNewObject() {
            return newObject;
        }

        void add(PickleValue item) {
            items.add(item);
        }

        void put(PickleValue key, PickleValue value) {
            entries.put(key, value);
        }
    }

    static PickleValue of(String value) {
        return new Str(value);
    }

    static PickleValue of(long value) {
        return new Int(BigInteger.valueOf(value));
    }

    static PickleValue of(double value) {
        return new Real(value);
    }

    static PickleValue of(boolean value) {
        return new Bool(value);
    }

    static PickleValue of(HostTensor value) {
        return new Tensor(value);
    }

    /// The text, where this is one.
    default Optional<String> asText() {
        return this instanceof Str(var text) ? Optional.of(text) : Optional.empty();
    }

    /// The number, where this is an integer that fits.
    default Optional<Long> asLong() {
        return this instanceof Int(var n) && n.bitLength() < Long.SIZE ? Optional.of(n.longValue()) : Optional.empty();
    }

    /// The number, where this is an integer, a float or a NumPy scalar.
    default Optional<Double> asDouble() {
        return switch (this) {
            case Int(var n) -> Optional.of(n.doubleValue());
            case Real(var d) -> Optional.of(d);
            case Opaque o -> NumpyValues.toTensor(o).filter(t -> t.numel() == 1).map(t -> t.toDoubles()[0]);
            case None _, Bool _, Str _, Bytes _, ListValue _, Tuple _, SetValue _, Dict _, Tensor _, Flat _, Global _ ->
                Optional.empty();
        };
    }

    /// The items, where this is a list or a tuple; else nothing.
    default List<PickleValue> asItems() {
        return switch (this) {
            case ListValue list -> list.items();
            case Tuple tuple -> tuple.items();
            case SetValue set -> set.items();
            case None _, Bool _, Int _, Real _, Str _, Bytes _, Dict _, Tensor _, Flat _, Global _, Opaque _ ->
                List.of();
        };
    }

    /// The entry of a dict, where this is one and has it.
    default Optional<PickleValue> at(String key) {
        return this instanceof Dict dict ? dict.get(key) : Optional.empty();
    }

    /// The tensor, where this is a tensor or a numeric NumPy array.
    default Optional<HostTensor> asTensor() {
        return switch (this) {
            case Tensor(var tensor) -> Optional.of(tensor);
            case Flat(var tensor) -> Optional.of(tensor);
            case Opaque o -> NumpyValues.toTensor(o);
            case None _, Bool _, Int _, Real _, Str _, Bytes _, ListValue _, Tuple _, SetValue _, Dict _, Global _ ->
                Optional.empty();
        };
    }
}
