package terrazzo.train.logs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import terrazzo.config.value.PythonText;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;
import terrazzo.config.value.Value.TupleValue;

/// In what the configs of runs differ.
public final class ConfigDifference {

    private ConfigDifference() {}

    /// Every single value of a config by its path, such as `optim_wrapper.optimizer.lr`.
    public static Map<String, String> flatten(DictValue config) {
        Map<String, String> valueByPath = new LinkedHashMap<>();
        config.entries().forEach((key, value) -> flatten(key, value, valueByPath));
        return valueByPath;
    }

    /// The paths whose values are not the same in all configs; those that a config lacks count as different.
    /// Where results are kept differs by nature and is left out.
    public static List<String> paths(List<Map<String, String>> configs) {
        SequencedSet<String> all = new LinkedHashSet<>();
        configs.forEach(config -> all.addAll(config.keySet()));
        List<String> differing = new ArrayList<>();
        for (String path : all) {
            long values = configs.stream()
                    .map(config -> config.getOrDefault(path, ""))
                    .distinct()
                    .count();
            if (values > 1 && !path.equals("work_dir")) {
                differing.add(path);
            }
        }
        return differing;
    }

    private static void flatten(String path, Value value, Map<String, String> into) {
        switch (value) {
            case DictValue dict -> dict.entries().forEach((key, v) -> flatten(path + "." + key, v, into));
            case ListValue(List<Value> items) -> flattenItems(path, items, into);
            case TupleValue(List<Value> items) -> flattenItems(path, items, into);
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ ->
                into.put(path, PythonText.scalar(value));
        }
    }

    private static void flattenItems(String path, List<Value> items, Map<String, String> into) {
        for (int i = 0; i < items.size(); i++) {
            flatten(path + "." + i, items.get(i), into);
        }
    }
}
