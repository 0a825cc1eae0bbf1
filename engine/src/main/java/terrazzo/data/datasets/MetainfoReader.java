package terrazzo.data.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.error.Nearest;
import terrazzo.core.image.Palette;
import terrazzo.data.sample.LabelRule;

/// Reads `metainfo` and settles classes, palette and label map the way the reference does: classes chosen among the
/// data
/// set's own are renumbered, colours follow, and a data set without palette gets random colours from seed 42.
final class MetainfoReader {

    private final DatasetDefaults defaults;

    MetainfoReader(DatasetDefaults defaults) {
        this.defaults = defaults;
    }

    /// @param c settings of the data set
    Metainfo read(ConfigNode c) {
        List<String> classes = defaults.classes();
        Palette palette = defaults.palette();
        if (c.has("metainfo")) {
            ConfigNode meta = c.node("metainfo").ignoring("dataset_type", "task_name");
            classes = meta.has("classes") ? classes(meta) : classes;
            palette = meta.has("palette") ? palette(meta) : palette;
            meta.done();
        }
        Map<Integer, Integer> labelMap = labelMap(c, classes);
        boolean reduce = c.bool("reduce_zero_label", defaults.reduceZeroLabel());
        return new Metainfo(classes, fit(c, palette, classes, labelMap), new LabelRule(labelMap, reduce));
    }

    private static List<String> classes(ConfigNode meta) {
        boolean file = !meta.isList("classes") && meta.find("classes").orElseThrow() instanceof Value.Str;
        if (!file) {
            return meta.strings("classes");
        }
        Path path = Path.of(meta.string("classes"));
        try {
            return Files.readAllLines(path).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new DatasetException(
                    Complaint.at(path.toString())
                            .expected("a text file with one class name per line")
                            .got(e instanceof NoSuchFileException ? "no such file" : e.toString())
                            .advice("metainfo.classes takes a list of names or such a file"),
                    e);
        }
    }

    private static Palette palette(ConfigNode meta) {
        List<List<Integer>> triples = new ArrayList<>();
        Value value = meta.find("palette").orElseThrow();
        List<Value> items = switch (value) {
            case Value.ListValue(var v) -> v;
            case Value.TupleValue(var v) -> v;
            default -> throw meta.error("palette", "a list of [r, g, b]", value.brief(), "");
        };
        for (Value item : items) {
            List<Integer> rgb = meta.with("palette", item).ints("palette");
            if (rgb.size() != 3 || rgb.stream().anyMatch(v -> v < 0 || v > 255)) {
                throw meta.error("palette", "[r, g, b] from 0 to 255 each", item.brief(), "");
            }
            triples.add(rgb);
        }
        return Palette.ofTriples(triples);
    }

    /// New index by old one, -1 for classes left out; empty unless the settings choose other classes than the set's
    /// own.
    private Map<Integer, Integer> labelMap(ConfigNode c, List<String> classes) {
        List<String> own = defaults.classes();
        if (own.isEmpty() || own.equals(classes)) {
            return Map.of();
        }
        for (String name : classes) {
            if (!own.contains(name)) {
                String near = Nearest.suggestion(name, own);
                throw c.error(
                        "metainfo.classes",
                        "classes of " + defaults.name(),
                        "'" + name + "'",
                        near.isEmpty() ? "they are " + String.join(", ", own) : near);
            }
        }
        Map<Integer, Integer> map = new HashMap<>();
        for (int old = 0; old < own.size(); old++) {
            map.put(old, classes.indexOf(own.get(old)));
        }
        return map;
    }

    private Palette fit(ConfigNode c, Palette palette, List<String> classes, Map<Integer, Integer> labelMap) {
        if (palette.size() == classes.size()) {
            return palette;
        } else if (palette.size() == 0) {
            return GeneratedPalette.of(classes.size());
        } else if (palette.size() > classes.size() && !labelMap.isEmpty()) {
            return new Palette(labelMap.entrySet().stream()
                    .filter(e -> e.getValue() >= 0)
                    .sorted(Comparator.comparing(Map.Entry<Integer, Integer>::getValue))
                    .map(e -> palette.rgb(e.getKey()))
                    .toList());
        }
        throw c.error(
                "metainfo.palette",
                classes.size() + " colours, one per class",
                palette.size() + " colours",
                "leave the palette out to get one");
    }
}
