package terrazzo.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import terrazzo.checkpoint.KeyMismatch.Misshaped;
import terrazzo.checkpoint.KeyMismatch.Missing;
import terrazzo.checkpoint.KeyMismatch.Unexpected;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.Nearest;

/// How a state dict fits a model.
///
/// @param where the file, as messages name it
/// @param matched tensors that fit, by the model's key, in the model's order; some after they were [#resized]
/// @param missing keys that only the model has; `num_batches_tracked` of batch norms, which files before PyTorch 1.0
///     lack and which nothing depends on, is not counted
/// @param unexpected keys that only the file has
/// @param misshaped keys with different shapes
/// @param resized keys whose tensors had another shape and were brought to the model's
public record StateDictReport(
        String where,
        Map<String, HostTensor> matched,
        List<Missing> missing,
        List<Unexpected> unexpected,
        List<Misshaped> misshaped,
        List<Misshaped> resized) {

    private static final int SHOWN = 3;

    public StateDictReport {
        matched = Collections.unmodifiableMap(new LinkedHashMap<>(matched));
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        misshaped = List.copyOf(misshaped);
        resized = List.copyOf(resized);
    }

    /// Compares what a model wants with what a file has.
    public static StateDictReport of(String where, List<ExpectedKey> model, StateDict file) {
        Map<String, HostTensor> matched = new LinkedHashMap<>();
        List<Missing> missing = new ArrayList<>();
        List<Misshaped> misshaped = new ArrayList<>();
        List<Misshaped> resized = new ArrayList<>();
        Map<String, HostTensor> left = new HashMap<>(file.tensors());
        for (ExpectedKey key : model) {
            HostTensor tensor = left.remove(key.name());
            if (tensor != null && hasShape(tensor, key.shape())) {
                matched.put(key.name(), tensor);
                continue;
            }
            Optional<HostTensor> made =
                    tensor == null ? key.fit().absent() : key.fit().resized(tensor, key.shape());
            made.ifPresent(t -> matched.put(key.name(), t));
            if (tensor != null) {
                (made.isPresent() ? resized : misshaped).add(new Misshaped(key.name(), key.shape(), tensor.shape()));
            } else if (made.isEmpty() && !key.name().endsWith("num_batches_tracked")) {
                missing.add(new Missing(key.name(), key.shape()));
            }
        }
        List<Unexpected> unexpected = file.tensors().entrySet().stream()
                .filter(entry -> left.containsKey(entry.getKey()))
                .map(entry -> new Unexpected(entry.getKey(), entry.getValue().shape()))
                .toList();
        return new StateDictReport(where, matched, missing, unexpected, misshaped, resized);
    }

    /// Whether every key of the model and of the file found its partner.
    public boolean isExact() {
        return missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty();
    }

    /// All mismatches: misshaped, missing, unexpected.
    public List<KeyMismatch> mismatches() {
        List<KeyMismatch> all = new ArrayList<>(misshaped);
        all.addAll(missing);
        all.addAll(unexpected);
        return List.copyOf(all);
    }

    /// One line for each kind of mismatch and one for what was resized, empty when all fitted as it was; for logs and
    /// warnings.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        complaints().forEach(complaint -> lines.add(complaint.text()));
        List<Misshaped> tables =
                resized.stream().filter(m -> !m.name().endsWith("_index")).toList();
        if (!tables.isEmpty()) {
            lines.add(where + ": " + tables.size() + " of " + modelKeys() + " keys resized: "
                    + list(tables.stream()
                            .map(m -> "'" + m.name() + "' from " + m.got() + " to " + m.expected())
                            .toList()));
        }
        return lines;
    }

    /// The tensors that fit, when nothing is missing or misshaped. Unused keys are allowed, as heads that were only
    /// trained with leave them.
    ///
    /// @throws CheckpointException when the model would be left with random weights
    public Map<String, HostTensor> requireComplete() {
        if (!missing.isEmpty() || !misshaped.isEmpty()) {
            throw new CheckpointException(complaints().getFirst());
        }
        return matched;
    }

    /// As [#requireComplete], and no key of the file may be left over.
    ///
    /// @throws CheckpointException when anything is left over on either side
    public Map<String, HostTensor> requireExact() {
        if (!isExact()) {
            throw new CheckpointException(complaints().getFirst());
        }
        return matched;
    }

    private List<Complaint> complaints() {
        List<Complaint> all = new ArrayList<>();
        if (!misshaped.isEmpty()) {
            String keys = list(misshaped.stream()
                    .map(m -> "'" + m.name() + "' expected " + m.expected() + ", got " + m.got())
                    .toList());
            all.add(Complaint.at(where)
                    .got(misshaped.size() + " of " + modelKeys() + " keys with another shape: " + keys)
                    .advice(
                            isClassifier(misshaped)
                                    ? "set num_classes to what the checkpoint was trained with"
                                    : "choose the config that the checkpoint was trained with"));
        }
        if (!missing.isEmpty()) {
            all.add(Complaint.at(where)
                    .got(missing.size() + " of " + modelKeys() + " keys missing: "
                            + list(
                                    missing.stream()
                                            .map(m -> quoted(m.name(), m.shape()) + near(m.name()))
                                            .limit(SHOWN + 1L)
                                            .toList(),
                                    missing.size()))
                    .advice("choose the config that the checkpoint was trained with"));
        }
        if (!unexpected.isEmpty()) {
            all.add(Complaint.at(where)
                    .got(unexpected.size() + " of " + fileKeys() + " keys unused: "
                            + list(unexpected.stream()
                                    .map(m -> quoted(m.name(), m.shape()))
                                    .toList()))
                    .advice("harmless for heads that only training needs; else choose the config of the checkpoint"));
        }
        return all;
    }

    /// The key of the file that may be meant; only keys that found no partner come into question.
    private String near(String name) {
        List<String> free = unexpected.stream().map(Unexpected::name).toList();
        List<String> best = Nearest.to(name, free, 1);
        return best.isEmpty() ? "" : " (the file has '" + best.getFirst() + "')";
    }

    private int modelKeys() {
        return matched.size() + missing.size() + misshaped.size();
    }

    private int fileKeys() {
        return matched.size() + unexpected.size() + misshaped.size();
    }

    private static boolean isClassifier(List<Misshaped> keys) {
        return keys.stream()
                .allMatch(m -> m.name().contains("conv_seg") || m.name().contains("cls_"));
    }

    private static String quoted(String name, List<Long> shape) {
        return "'" + name + "' " + shape;
    }

    private static String list(List<String> keys) {
        return list(keys, keys.size());
    }

    private static String list(List<String> keys, int count) {
        return keys.stream().limit(SHOWN).collect(Collectors.joining("; ")) + (count > SHOWN ? " …" : "");
    }

    /// Files of PyTorch before 0.4 keep numbers without dimensions as `[1]`.
    private static boolean hasShape(HostTensor tensor, List<Long> shape) {
        return tensor.shape().equals(shape)
                || (shape.isEmpty() && tensor.shape().equals(List.of(1L)));
    }
}
