package terrazzo.checkpoint.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;

/// Attention whose queries are projected apart from keys and values (`attn.q`, `attn.kv`) with one projection for all,
/// as PyTorch's `MultiheadAttention` has it (`attn.attn.in_proj_weight`).
final class JoinedProjections {

    private JoinedProjections() {}

    static StateDict of(StateDict state) {
        Map<String, HostTensor> joined = new LinkedHashMap<>();
        state.tensors().forEach((key, tensor) -> {
            Optional<HostTensor> rest = state.get(key.replace(".attn.q.", ".attn.kv."));
            if (key.contains(".attn.q.") && rest.isPresent()) {
                joined.put(
                        key.replace(".attn.q.", ".attn.attn.in_proj_"), HostTensor.concat(List.of(tensor, rest.get())));
            } else if (!key.contains(".attn.kv.")) {
                joined.put(key, tensor);
            }
        });
        return new StateDict(joined);
    }
}
