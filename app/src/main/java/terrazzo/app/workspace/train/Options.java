package terrazzo.app.workspace.train;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import terrazzo.config.Config;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;
import terrazzo.config.value.Value.TupleValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;
import terrazzo.data.datasets.DataRoot;

/// Reads and changes the [Field]s of a config, wherever in it they stand.
final class Options {

    private static final String CROP_SIZE = "crop_size";
    private static final String WHOLE = "[1-9]\\d{0,8}";

    private Options() {}

    /// What a field says now; empty where the config doesn't have it.
    static String read(Config config, Field field) {
        DictValue root = config.dict();
        return switch (field) {
            case DATA_ROOT -> text(first(at(root, "train_dataloader"), "data_root"));
            case CLASSES -> {
                String names = text(first(at(root, "train_dataloader"), "classes"));
                yield names.isEmpty() ? text(first(at(root, "model"), "num_classes")) : names;
            }
            case CROP ->
                crop(first(at(root, "train_dataloader"), CROP_SIZE)
                        .or(() -> at(at(root, "model"), "data_preprocessor").flatMap(d -> at(d, "size"))));
            case BATCH -> text(at(at(root, "train_dataloader"), "batch_size"));
            case ITERATIONS ->
                text(at(at(root, "train_cfg"), "max_iters").or(() -> at(at(root, "train_cfg"), "max_epochs")));
            case RATE -> text(at(at(at(root, "optim_wrapper"), "optimizer"), "lr"));
            case LOAD_FROM -> text(at(root, "load_from"));
        };
    }

    /// The config with a field changed.
    ///
    /// @throws ConfigException when the text can't be meant
    static Config change(Config config, Field field, String typed) {
        String text = typed.strip();
        return switch (field) {
            case DATA_ROOT -> DataRoot.set(config, folder(field, text));
            case CLASSES -> classes(config, text);
            case CROP -> crop(config, field, text);
            case BATCH -> config.with(List.of("train_dataloader.batch_size=" + whole(field, text)));
            case ITERATIONS -> iterations(config, whole(field, text));
            case RATE -> config.with(List.of("optim_wrapper.optimizer.lr=" + number(field, text)));
            case LOAD_FROM -> put(config, "load_from", text.isEmpty() ? new Value.None() : new Value.Str(text));
        };
    }

    /// Whether it learns from drawn scenes.
    static boolean trainsOnScenes(Config config) {
        Optional<Value> dataset = at(config.dict(), "train_dataloader").flatMap(d -> at(d, "dataset"));
        return text(at(dataset, "type")).equals("SceneDataset");
    }

    private static Path folder(Field field, String text) {
        try {
            if (!text.isEmpty()) {
                return Path.of(text);
            }
        } catch (InvalidPathException _) { // said below
        }
        throw wrong(field, "a folder", text);
    }

    private static Config put(Config config, String key, Value value) {
        Map<String, Value> entries = new LinkedHashMap<>(config.dict().entries());
        entries.put(key, value);
        return Config.of(new DictValue(entries, config.dict().spans()), config.origin());
    }

    /// Names of classes, or how many there are.
    private static Config classes(Config config, String text) {
        List<String> names = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .toList();
        boolean isCount = names.size() == 1 && names.getFirst().matches(WHOLE);
        if (names.isEmpty() || (names.size() == 1 && !isCount)) {
            throw wrong(Field.CLASSES, "names with commas between them, or their number", text);
        }
        long count = isCount ? Long.parseLong(names.getFirst()) : names.size();
        List<Value> values = names.stream().map(n -> (Value) new Value.Str(n)).toList();
        return rewritten(config, dict -> {
            DictValue counted =
                    dict.entries().containsKey("num_classes") ? with(dict, "num_classes", new Value.Int(count)) : dict;
            boolean isData = counted.entries().containsKey("data_prefix");
            return isData && !isCount
                    ? with(counted, "metainfo", DictValue.of(Map.of("classes", new TupleValue(values))))
                    : counted;
        });
    }

    private static Config crop(Config config, Field field, String text) {
        String[] sides = text.split("[x×, ]+");
        if (sides.length != 2 || !sides[0].matches(WHOLE) || !sides[1].matches(WHOLE)) {
            throw wrong(field, "height x width, as in 512x1024", text);
        }
        Value size = new TupleValue(
                List.of(new Value.Int(Long.parseLong(sides[0])), new Value.Int(Long.parseLong(sides[1]))));
        return rewritten(config, dict -> {
            DictValue cropped = dict.entries().containsKey(CROP_SIZE) ? with(dict, CROP_SIZE, size) : dict;
            boolean pads = cropped.entries().get("type") instanceof Value.Str(var type)
                    && type.equals("SegDataPreProcessor")
                    && cropped.entries().containsKey("size");
            return pads ? with(cropped, "size", size) : cropped;
        });
    }

    /// Schedules and validation follow the new length.
    private static Config iterations(Config config, String count) {
        DictValue loop = at(config.dict(), "train_cfg")
                .filter(DictValue.class::isInstance)
                .map(DictValue.class::cast)
                .orElse(DictValue.of(Map.of()));
        String key = loop.entries().containsKey("max_epochs") ? "max_epochs" : "max_iters";
        Value old = loop.entries().getOrDefault(key, new Value.None());
        Value length = new Value.Int(Long.parseLong(count));
        Map<String, Value> entries = new LinkedHashMap<>(config.dict().entries());
        entries.put("train_cfg", with(loop, key, length));
        Optional.ofNullable(entries.get("param_scheduler"))
                .ifPresent(s -> entries.put(
                        "param_scheduler",
                        map(s, dict -> old.equals(dict.entries().get("end")) ? with(dict, "end", length) : dict)));
        return Config.of(new DictValue(entries, config.dict().spans()), config.origin());
    }

    private static Config rewritten(Config config, UnaryOperator<DictValue> change) {
        return map(config.dict(), change) instanceof DictValue dict ? Config.of(dict, config.origin()) : config;
    }

    /// Changes every dict, inner ones first.
    private static Value map(Value value, UnaryOperator<DictValue> change) {
        return switch (value) {
            case DictValue dict -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                dict.entries().forEach((key, inner) -> entries.put(key, map(inner, change)));
                yield change.apply(new DictValue(entries, dict.spans()));
            }
            case ListValue(var items) ->
                new ListValue(items.stream().map(v -> map(v, change)).toList());
            case TupleValue(var items) ->
                new TupleValue(items.stream().map(v -> map(v, change)).toList());
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ -> value;
        };
    }

    private static DictValue with(DictValue dict, String key, Value value) {
        Map<String, Value> entries = new LinkedHashMap<>(dict.entries());
        entries.put(key, value);
        return new DictValue(entries, dict.spans());
    }

    private static Optional<Value> at(Value value, String key) {
        return value instanceof DictValue dict
                ? Optional.ofNullable(dict.entries().get(key)).filter(v -> !(v instanceof Value.None))
                : Optional.empty();
    }

    private static Optional<Value> at(Optional<Value> value, String key) {
        return value.flatMap(v -> at(v, key));
    }

    /// The first value of a key, at any depth.
    private static Optional<Value> first(Optional<Value> value, String key) {
        return value.flatMap(v -> first(v, key));
    }

    private static Optional<Value> first(Value value, String key) {
        return switch (value) {
            case DictValue dict ->
                at(dict, key)
                        .or(() -> dict.entries().values().stream()
                                .flatMap(v -> first(v, key).stream())
                                .findFirst());
            case ListValue(var items) ->
                items.stream().flatMap(v -> first(v, key).stream()).findFirst();
            case TupleValue(var items) ->
                items.stream().flatMap(v -> first(v, key).stream()).findFirst();
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ -> Optional.empty();
        };
    }

    private static String crop(Optional<Value> size) {
        return text(size).replace(", ", "x");
    }

    private static String text(Optional<Value> value) {
        return value.map(v -> switch (v) {
                    case Value.Str(var s) -> s;
                    case ListValue(var items) -> joined(items);
                    case TupleValue(var items) -> joined(items);
                    case Value.Int _, Value.Real _, Value.Bool _, Value.None _, DictValue _ -> v.brief();
                })
                .orElse("");
    }

    private static String joined(List<Value> items) {
        return items.stream().map(v -> text(Optional.of(v))).collect(Collectors.joining(", "));
    }

    private static String whole(Field field, String text) {
        if (!text.matches(WHOLE)) {
            throw wrong(field, "a whole number above 0", text);
        }
        return text;
    }

    private static String number(Field field, String text) {
        if (!text.matches("(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
            throw wrong(field, "a number, as in 0.01 or 6e-5", text);
        }
        return text;
    }

    private static ConfigException wrong(Field field, String expected, String got) {
        return new ConfigException(
                SourceSpan.none(field.name().toLowerCase(Locale.ROOT)),
                Complaint.at("").expected(expected).got("'" + got + "'"));
    }
}
