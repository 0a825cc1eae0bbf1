package terrazzo.data.datasets;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import terrazzo.config.Config;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;
import terrazzo.config.value.Value.Str;
import terrazzo.config.value.Value.TupleValue;

/// Moves the data sets of a config to another folder.
public final class DataRoot {

    private static final String KEY = "data_root";

    private DataRoot() {}

    /// The same config with `data_root` of every data set of its loaders set, nested ones included.
    public static Config set(Config config, Path folder) {
        Map<String, Value> entries = new LinkedHashMap<>();
        config.dict()
                .entries()
                .forEach((key, value) -> entries.put(key, key.endsWith("_dataloader") ? moved(value, folder) : value));
        if (entries.containsKey(KEY)) {
            entries.put(KEY, new Str(folder.toString()));
        }
        return Config.of(new DictValue(entries, config.dict().spans()), config.origin());
    }

    private static Value moved(Value value, Path folder) {
        return switch (value) {
            case DictValue dict -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                dict.entries().forEach((key, inner) -> entries.put(key, moved(inner, folder)));
                if (entries.containsKey(KEY) || entries.containsKey("data_prefix")) {
                    entries.put(KEY, new Str(folder.toString()));
                }
                yield new DictValue(entries, dict.spans());
            }
            case ListValue(var items) ->
                new ListValue(items.stream().map(v -> moved(v, folder)).toList());
            case TupleValue(var items) ->
                new TupleValue(items.stream().map(v -> moved(v, folder)).toList());
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Str _ -> value;
        };
    }
}
