package terrazzo.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a checkpoint says about the model, in OpenMMLab's words of 0.x (`CLASSES`, `PALETTE`, `config`) or 1.x
/// (`dataset_meta`, `cfg`). Whatever is missing is empty.
///
/// @param classes class names in the order of the output channels
/// @param palette red, green, blue per class, 0 to 255
/// @param configText the config's Python text
/// @param iter iterations trained
/// @param epoch epochs trained
/// @param notes other short facts as text: versions, seed, time, name of the experiment
public record CheckpointMeta(
        List<String> classes,
        List<List<Integer>> palette,
        String configText,
        Optional<Long> iter,
        Optional<Long> epoch,
        Map<String, String> notes) {

    public static final CheckpointMeta EMPTY =
            new CheckpointMeta(List.of(), List.of(), "", Optional.empty(), Optional.empty(), Map.of());

    private static final List<String> NOTES = List.of(
            "mmseg_version",
            "mmengine_version",
            "mmcv_version",
            "pytorch_version",
            "experiment_name",
            "exp_name",
            "time",
            "seed",
            "env_info",
            "hook_msgs");

    public CheckpointMeta {
        classes = List.copyOf(classes);
        palette = List.copyOf(palette);
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }

    /// Reads the entry `meta` of a checkpoint.
    static CheckpointMeta of(PickleValue meta) {
        PickleValue dataset = meta.at("dataset_meta").orElse(meta);
        Map<String, String> notes = new LinkedHashMap<>();
        for (String key : NOTES) {
            meta.at(key)
                    .flatMap(v -> v.asText().or(() -> v.asLong().map(String::valueOf)))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> notes.put(key, text));
        }
        return new CheckpointMeta(
                names(either(dataset, meta, "classes", "CLASSES")),
                colours(either(dataset, meta, "palette", "PALETTE")),
                meta.at("cfg")
                        .or(() -> meta.at("config"))
                        .flatMap(PickleValue::asText)
                        .orElse(""),
                meta.at("iter").flatMap(PickleValue::asLong),
                meta.at("epoch").flatMap(PickleValue::asLong),
                notes);
    }

    /// The same with another config's text.
    public CheckpointMeta withConfig(String text) {
        return new CheckpointMeta(classes, palette, text, iter, epoch, notes);
    }

    /// A dict in the layout of mmengine (`dataset_meta`, `cfg`), to be put under `meta`.
    public PickleValue.Dict toValue() {
        PickleValue.Dict meta = PickleValue.Dict.plain();
        epoch.ifPresent(n -> meta.put("epoch", PickleValue.of(n)));
        iter.ifPresent(n -> meta.put("iter", PickleValue.of(n)));
        meta.put("cfg", PickleValue.of(configText));
        notes.forEach((key, text) -> meta.put(key, noteValue(key, text)));
        PickleValue.Tuple names = new PickleValue.Tuple(
                classes.stream().map(name -> PickleValue.of(name)).toList());
        PickleValue.ListValue colours = new PickleValue.ListValue(palette.stream()
                .map(rgb -> new PickleValue.ListValue(rgb.stream()
                        .map(level -> PickleValue.of(level.longValue()))
                        .toList()))
                .toList());
        return meta.put(
                "dataset_meta", PickleValue.Dict.plain().put("classes", names).put("palette", colours));
    }

    private static PickleValue noteValue(String key, String text) {
        return key.equals("seed") && text.matches("\\d{1,18}")
                ? PickleValue.of(Long.parseLong(text))
                : PickleValue.of(text);
    }

    private static Optional<PickleValue> either(PickleValue dataset, PickleValue meta, String key, String oldKey) {
        return dataset.at(key).or(() -> dataset.at(oldKey)).or(() -> meta.at(oldKey));
    }

    private static List<String> names(Optional<PickleValue> value) {
        List<String> names = new ArrayList<>();
        for (PickleValue item : value.map(PickleValue::asItems).orElse(List.of())) {
            item.asText().ifPresent(names::add);
        }
        return names;
    }

    private static List<List<Integer>> colours(Optional<PickleValue> value) {
        if (value.flatMap(PickleValue::asTensor).isPresent()) {
            return rows(value.flatMap(PickleValue::asTensor).get());
        }
        List<List<Integer>> colours = new ArrayList<>();
        for (PickleValue item : value.map(PickleValue::asItems).orElse(List.of())) {
            List<Integer> rgb = new ArrayList<>();
            for (PickleValue part : item.asItems()) {
                part.asDouble().ifPresent(v -> rgb.add((int) Math.clamp(v, 0, 255)));
            }
            colours.add(List.copyOf(rgb));
        }
        return colours;
    }

    private static List<List<Integer>> rows(HostTensor table) { // [K, 3]
        List<List<Integer>> rows = new ArrayList<>();
        if (table.shape().size() == 2 && table.shape().get(1) == 3) {
            long[] values = table.toLongs();
            for (int i = 0; i + 2 < values.length; i += 3) {
                rows.add(List.of(level(values[i]), level(values[i + 1]), level(values[i + 2])));
            }
        }
        return rows;
    }

    private static int level(long value) {
        return Math.clamp(value, 0, 255);
    }
}
