package terrazzo.train.optim;

import java.util.List;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.value.Value;

/// Values of a config as checkpoints keep them.
final class Pickled {

    private Pickled() {}

    static PickleValue of(Value value) {
        return switch (value) {
            case Value.None _ -> new PickleValue.None();
            case Value.Bool(var b) -> PickleValue.of(b);
            case Value.Int(var i) -> PickleValue.of(i);
            case Value.Real(var d) -> PickleValue.of(d);
            case Value.Str(var s) -> PickleValue.of(s);
            case Value.ListValue(var items) -> new PickleValue.ListValue(all(items));
            case Value.TupleValue(var items) -> new PickleValue.Tuple(all(items));
            case Value.DictValue dict -> {
                PickleValue.Dict entries = PickleValue.Dict.plain();
                dict.entries().forEach((key, entry) -> entries.put(key, of(entry)));
                yield entries;
            }
        };
    }

    private static List<PickleValue> all(List<Value> items) {
        return items.stream().map(Pickled::of).toList();
    }
}
