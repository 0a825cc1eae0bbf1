package terrazzo.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.core.shape.DType;

/// Tensors by name, in the order in which the model declares them: `decode_head.conv_seg.weight` → `[19, 512, 1, 1]`.
///
/// @param tensors tensor by key
public record StateDict(Map<String, HostTensor> tensors) {

    /// What wrappers of PyTorch put before every key: data parallelism, `torch.compile`, Lightning, averaging.
    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.", "model.", "ema_model.");

    public StateDict {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    public List<String> keys() {
        return List.copyOf(tensors.keySet());
    }

    public int size() {
        return tensors.size();
    }

    public Optional<HostTensor> get(String key) {
        return Optional.ofNullable(tensors.get(key));
    }

    /// Number of elements in all tensors.
    public long numel() {
        return tensors.values().stream().mapToLong(HostTensor::numel).sum();
    }

    /// Bytes of all elements.
    public long sizeBytes() {
        return tensors.values().stream().mapToLong(HostTensor::sizeBytes).sum();
    }

    /// The same tensors under other keys; an empty new key leaves a tensor out.
    ///
    /// @throws IllegalArgumentException when two keys become one
    public StateDict renamed(UnaryOperator<String> rename) {
        Map<String, HostTensor> renamed = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            String name = rename.apply(key);
            if (!name.isEmpty() && renamed.put(name, tensor) != null) {
                throw new IllegalArgumentException("two tensors become '" + name + "'");
            }
        });
        return new StateDict(renamed);
    }

    /// The same with float32 tensors of two and more dimensions rounded to float16: kernels and matrices, which lose
    /// nothing that counts. Statistics and biases stay.
    public StateDict halved() {
        Map<String, HostTensor> halved = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> halved.put(
                key, tensor.dtype() == DType.FLOAT32 && tensor.shape().size() > 1 ? tensor.toHalf() : tensor));
        return new StateDict(halved);
    }

    /// The tensors below `prefix`, which is taken off: `backbone.` gives the weights of a backbone alone.
    public StateDict below(String prefix) {
        return renamed(key -> key.startsWith(prefix) ? key.substring(prefix.length()) : "");
    }

    /// An `OrderedDict` of the tensors, as PyTorch saves a state dict.
    public PickleValue.Dict toValue() {
        PickleValue.Dict dict = PickleValue.Dict.ordered();
        tensors.forEach((key, tensor) -> dict.put(key, PickleValue.of(tensor)));
        return dict;
    }

    /// Takes off `module.` and the like, as long as every key has them.
    StateDict withoutWrappers() {
        for (String wrapper : WRAPPERS) {
            if (!tensors.isEmpty() && tensors.keySet().stream().allMatch(key -> key.startsWith(wrapper))) {
                return below(wrapper).withoutWrappers();
            }
        }
        return this;
    }
}
