package terrazzo.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import terrazzo.core.shape.DType;

/// What a person wants to know of a checkpoint, as facts and as text.
///
/// @param file name of the file
/// @param format its format in words
/// @param sizeBytes its size
/// @param sha256 its hash in hexadecimal
/// @param meta what it says of the model
/// @param tensors the weights and buffers
/// @param numelByDtype number of elements per element type
/// @param parts what else is in the file: name, and what it holds in a few words
/// @param inert what was not interpreted
public record CheckpointSummary(
        String file,
        String format,
        long sizeBytes,
        String sha256,
        CheckpointMeta meta,
        StateDict tensors,
        Map<DType, Long> numelByDtype,
        Map<String, String> parts,
        SortedSet<String> inert) {

    /// Summarises a checkpoint; reads the whole file for the hash.
    public static CheckpointSummary of(Checkpoint checkpoint) throws IOException {
        Map<DType, Long> numel = new TreeMap<>();
        checkpoint.stateDict().tensors().values().forEach(t -> numel.merge(t.dtype(), t.numel(), Long::sum));
        Map<String, String> parts = new TreeMap<>();
        if (checkpoint.root() instanceof PickleValue.Dict root && !isBare(checkpoint)) {
            root.entries().forEach((key, value) -> key.asText().ifPresent(name -> parts.put(name, describe(value))));
        }
        return new CheckpointSummary(
                checkpoint.file().toString(),
                checkpoint.format().label(),
                checkpoint.sizeBytes(),
                checkpoint.sha256(),
                checkpoint.meta(),
                checkpoint.stateDict(),
                numel,
                parts,
                checkpoint.inert());
    }

    /// The summary in lines: the file, the model, the other parts, what was not interpreted, and every key.
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(file);
        fact(lines, "format", format);
        fact(lines, "size", count(sizeBytes) + " bytes");
        fact(lines, "sha256", sha256);
        fact(lines, "tensors", tensors.size() + ", " + numbers());
        describeMeta(lines);
        parts.forEach((name, content) -> fact(lines, name, content));
        fact(lines, "inert", inert.isEmpty() ? "nothing" : String.join(", ", inert) + " (kept, not executed)");
        lines.add("");
        int width = tensors.keys().stream().mapToInt(String::length).max().orElse(0);
        tensors.tensors()
                .forEach((key, tensor) -> lines.add("  " + key + " ".repeat(width - key.length() + 2) + tensor));
        return String.join("\n", lines) + "\n";
    }

    private void describeMeta(List<String> lines) {
        if (!meta.classes().isEmpty()) {
            fact(lines, "classes", meta.classes().size() + ": " + String.join(", ", meta.classes()));
        }
        if (!meta.palette().isEmpty()) {
            fact(lines, "palette", meta.palette().size() + " colours");
        }
        meta.iter().ifPresent(n -> fact(lines, "iter", count(n)));
        meta.epoch().ifPresent(n -> fact(lines, "epoch", count(n)));
        meta.notes()
                .forEach(
                        (key, text) -> fact(lines, key, text.lines().findFirst().orElse("")));
        if (!meta.configText().isEmpty()) {
            fact(lines, "config", meta.configText().lines().count() + " lines");
        }
    }

    private String numbers() {
        return String.join(
                ", ",
                numelByDtype.entrySet().stream()
                        .map(e -> count(e.getValue()) + " " + e.getKey().name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /// A file that is itself a state dict has no parts to list.
    private static boolean isBare(Checkpoint checkpoint) {
        Optional<PickleValue> first = checkpoint.root() instanceof PickleValue.Dict dict
                ? dict.entries().values().stream().findFirst()
                : Optional.empty();
        return first.flatMap(PickleValue::asTensor).isPresent();
    }

    private static String describe(PickleValue value) {
        return switch (value) {
            case PickleValue.None _ -> "None";
            case PickleValue.Bool(var b) -> b ? "True" : "False";
            case PickleValue.Int(var n) -> n.bitLength() > Long.SIZE ? "a large integer" : n.toString();
            case PickleValue.Real(var d) -> Double.toString(d);
            case PickleValue.Str(var text) -> text.length() <= 60 ? "'" + text + "'" : text.length() + " characters";
            case PickleValue.Bytes bytes -> bytes.length() + " bytes";
            case PickleValue.ListValue list -> "list of " + list.items().size();
            case PickleValue.Tuple tuple -> "tuple of " + tuple.items().size();
            case PickleValue.SetValue set -> "set of " + set.items().size();
            case PickleValue.Dict dict -> "dict of " + dict.entries().size();
            case PickleValue.Tensor(var tensor) -> tensor.toString();
            case PickleValue.Flat(var tensor) -> tensor.toString();
            case PickleValue.Global global -> global.qualified();
            case PickleValue.Opaque object -> "object of " + object.name();
        };
    }

    private static void fact(List<String> lines, String name, String text) {
        lines.add(String.format(Locale.ROOT, "  %-18s%s", name, text));
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
