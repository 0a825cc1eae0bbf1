package terrazzo.config.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;

/// One dataset of 0.x, or several as a `ConcatDataset`.
final class LegacyDataset {

    private LegacyDataset() {}

    /// @param pipeline translates the pipelines
    static Value migrate(Value dataset, UnaryOperator<Value> pipeline) {
        if (Entries.isList(dataset)) {
            return concat(Entries.items(dataset).stream()
                    .map(d -> migrate(d, pipeline))
                    .toList());
        }
        if (!(dataset instanceof DictValue dict)) {
            return dataset;
        }
        Entries d = Entries.of(dict);
        d.take("pipeline").ifPresent(p -> d.put("pipeline", pipeline.apply(p)));
        if (d.has("dataset")) { // RepeatDataset, MultiImageMixDataset
            Value inner = migrate(d.take("dataset").orElseThrow(), pipeline);
            return reordered(d.put("dataset", inner), "pipeline").dict();
        }
        if (d.has("datasets")) {
            List<Value> inner = Entries.items(d.take("datasets").orElseThrow());
            return d.put(
                            "datasets",
                            new ListValue(inner.stream()
                                    .map(i -> migrate(i, pipeline))
                                    .toList()))
                    .drop("separate_eval")
                    .dict();
        }
        return single(d);
    }

    /// 0.x joins several folders or splits of one dataset; 1.x wants one dataset for each.
    private static Value single(Entries d) {
        List<Value> images = listed(d.take("img_dir"));
        List<Value> maps = listed(d.take("ann_dir"));
        List<Value> splits = listed(d.take("split"));
        int count = Math.max(images.size(), Math.max(maps.size(), splits.size()));
        if (count <= 1) {
            return one(d, first(images, 0), first(maps, 0), first(splits, 0));
        }
        List<Value> datasets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            datasets.add(one(d, first(images, i), first(maps, i), first(splits, i)));
        }
        return concat(datasets);
    }

    private static Value concat(List<Value> datasets) {
        return Entries.typed("ConcatDataset")
                .put("datasets", new ListValue(datasets))
                .dict();
    }

    private static List<Value> listed(Optional<Value> value) {
        return value.map(Entries::items).orElse(List.of());
    }

    /// The `index`-th of several, or the only one.
    private static Optional<Value> first(List<Value> values, int index) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() == 1 ? 0 : index));
    }

    private static Value one(Entries dataset, Optional<Value> images, Optional<Value> maps, Optional<Value> split) {
        Entries d = Entries.of(dataset.dict());
        Entries result = new Entries();
        result.put("type", d.take("type")).put("data_root", d.take("data_root"));
        if (images.isPresent() || maps.isPresent()) {
            result.put("data_prefix", new Entries().put("img_path", images).put("seg_map_path", maps));
        }
        result.put("ann_file", split);
        Entries meta = new Entries().put("classes", d.take("classes")).put("palette", d.take("palette"));
        if (!meta.keys().isEmpty()) {
            result.put("metainfo", meta);
        }
        d.drop("gt_seg_map_loader_cfg", "test_mode");
        return reordered(result.putAll(d), "pipeline").dict();
    }

    /// The same entries with `key` last, where readers of 1.x configs look for it.
    private static Entries reordered(Entries entries, String key) {
        Optional<Value> value = entries.take(key);
        return entries.put(key, value);
    }
}
