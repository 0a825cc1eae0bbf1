package terrazzo.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.None;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.core.Sha256;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// A checkpoint that was read: the tensors of the model, what the file says about it, and everything else as inert
/// values. The tensors are views of the mapped file, so even a large one takes little memory; don't overwrite a file in
/// place while it is in use (ours are replaced, never rewritten).
public final class Checkpoint {

    /// Under these keys, in this order, files keep the weights; a file without any is itself the state dict.
    private static final List<String> WEIGHTS = List.of("state_dict", "model", "model_state_dict", "net", "model_ema");

    private final Path file;
    private final CheckpointFormat format;
    private final PickleValue root;
    private final StateDict stateDict;
    private final CheckpointMeta meta;
    private final SortedSet<String> inert;
    private final long sizeBytes;

    private Checkpoint(Path file, CheckpointFormat format, long sizeBytes, Unpickled content) {
        this.file = file;
        this.format = format;
        this.sizeBytes = sizeBytes;
        this.root = content.root();
        this.inert = new TreeSet<>(content.inert());
        this.stateDict = stateDict(weights(root));
        this.meta = root.at("meta").map(CheckpointMeta::of).orElse(CheckpointMeta.EMPTY);
    }

    /// Reads a checkpoint of any known format; nothing in it is executed.
    ///
    /// @throws CheckpointException when the file is damaged, no checkpoint, or refused as dangerous
    /// @throws IOException when the file can't be opened
    public static Checkpoint load(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CheckpointException(
                    Complaint.at(file.toString()).expected("a file").got("a folder"));
        }
        String where = where(file);
        MemorySegment bytes;
        // The mapping has no owner who could close it: tensors leave this class and may outlive the checkpoint. It goes
        // when the last of them does, and until then is clean page cache, not memory.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            bytes = channel.size() == 0
                    ? MemorySegment.ofArray(new byte[0])
                    : channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
        CheckpointFormat format = CheckpointFormat.detect(where, bytes);
        Unpickled content = switch (format) {
            case TORCH_ZIP -> TorchZip.read(where, bytes);
            case TORCH_LEGACY, PICKLE -> TorchLegacy.read(where, bytes);
            case SAFETENSORS -> SafeTensors.read(where, bytes);
            case NUMPY -> NumpyFile.read(where, bytes);
        };
        return new Checkpoint(file, format, bytes.byteSize(), content);
    }

    /// The file as it was named when loaded.
    public Path file() {
        return file;
    }

    public CheckpointFormat format() {
        return format;
    }

    /// The weights and buffers of the model, without the prefixes of wrappers.
    public StateDict stateDict() {
        return stateDict;
    }

    public CheckpointMeta meta() {
        return meta;
    }

    /// Everything in the file, as it is nested there.
    public PickleValue root() {
        return root;
    }

    /// Another part of the file: `optimizer`, `param_schedulers`, `message_hub`, `ema_state_dict`.
    public Optional<PickleValue> part(String key) {
        return root.at(key);
    }

    /// Names of the parts beside the weights and what is said of the model: the state of training, mostly.
    public List<String> otherParts() {
        boolean nested = root.at("state_dict").isPresent();
        return nested && root instanceof Dict dict
                ? dict.entries().keySet().stream()
                        .flatMap(key -> key.asText().stream())
                        .filter(key -> !key.equals("state_dict") && !key.equals("meta"))
                        .toList()
                : List.of();
    }

    /// Names of classes and functions that the file mentions and that stayed inert; entries of the state dict that are
    /// no tensors, by `state_dict['key']`.
    public SortedSet<String> inert() {
        return new TreeSet<>(inert);
    }

    /// Size of the file.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// SHA-256 of the file in hexadecimal; published files carry the first eight digits in their names. Reads the file.
    public String sha256() throws IOException {
        return Sha256.of(file);
    }

    private static String where(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    private PickleValue weights(PickleValue holder) {
        for (String key : WEIGHTS) {
            Optional<PickleValue> inner = holder.at(key);
            if (inner.isPresent() && inner.get() instanceof Dict) {
                return weights(inner.get());
            }
            if (inner.isPresent()
                    && inner.get() instanceof Opaque object
                    && inner.get().asTensor().isEmpty()) {
                throw new CheckpointException(Complaint.at(where(file))
                        .expected("a state dict under '" + key + "'")
                        .got("a whole object of class '" + object.name() + "'")
                        .advice("in PyTorch, save model.state_dict() instead of the model"));
            }
        }
        return holder;
    }

    private StateDict stateDict(PickleValue weights) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        if (weights instanceof Dict dict) {
            dict.entries().forEach((key, value) -> {
                String name = key.asText().orElse("");
                Optional<HostTensor> tensor = value.asTensor();
                if (tensor.isPresent() && !name.isEmpty()) {
                    tensors.put(name, tensor.get());
                } else if (!weights.equals(root) && !(value instanceof None)) {
                    inert.add("state_dict['" + name + "']");
                }
            });
        }
        if (tensors.isEmpty()) {
            throw new CheckpointException(Complaint.at(where(file))
                    .expected("tensors by name, or a dict with 'state_dict' or 'model'")
                    .got("none")
                    .advice("choose the file with the model's weights"));
        }
        return new StateDict(tensors).withoutWrappers();
    }
}
