package terrazzo.checkpoint.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// ViT as [its authors](https://github.com/google-research/vision_transformer) publish it in `.npz` files of JAX → the
/// keys of `VisionTransformer`. There, matrices map from their first dimension to the last, and heads are a dimension
/// of their own.
final class JaxViT implements KeyConverter {

    private static final String BLOCK = "Transformer/encoderblock_";
    private static final String ATTENTION = "/MultiHeadDotProductAttention_1/";

    @Override
    public String name() {
        return "jax-vit";
    }

    @Override
    public String origin() {
        return "ViT of its authors (JAX)";
    }

    @Override
    public boolean recognises(StateDict state) {
        return state.get("Transformer/encoder_norm/scale").isPresent();
    }

    @Override
    public StateDict convert(StateDict state) {
        Map<String, HostTensor> made = new LinkedHashMap<>();
        made.put("cls_token", find(state, "cls"));
        made.put("pos_embed", find(state, "Transformer/posembed_input/pos_embedding"));
        made.put(
                "patch_embed.projection.weight",
                find(state, "embedding/kernel").permute(3, 2, 0, 1)); // [p, p, C, D] → [D, C, p, p]
        made.put("patch_embed.projection.bias", find(state, "embedding/bias"));
        for (int i = 0; state.get(BLOCK + i + "/LayerNorm_0/scale").isPresent(); i++) {
            block(state, BLOCK + i, "layers." + i, made);
        }
        norm(state, "Transformer/encoder_norm", "ln1", made);
        return new StateDict(made);
    }

    private static void block(StateDict state, String from, String to, Map<String, HostTensor> made) {
        norm(state, from + "/LayerNorm_0", to + ".ln1", made);
        List<String> parts = List.of("query", "key", "value");
        made.put(
                to + ".attn.attn.in_proj_weight",
                HostTensor.concat(parts.stream()
                        .map(part -> transposed(joinedHeads(find(state, from + ATTENTION + part + "/kernel"))))
                        .toList())); // [3D, D]
        made.put(
                to + ".attn.attn.in_proj_bias",
                HostTensor.concat(parts.stream()
                        .map(part -> find(state, from + ATTENTION + part + "/bias"))
                        .map(bias -> bias.reshape(bias.numel()))
                        .toList()));
        HostTensor out = find(state, from + ATTENTION + "out/kernel"); // [h, d, D]
        made.put(
                to + ".attn.attn.out_proj.weight",
                transposed(out.reshape(
                        out.numel() / out.shape().getLast(), out.shape().getLast())));
        made.put(to + ".attn.attn.out_proj.bias", find(state, from + ATTENTION + "out/bias"));
        norm(state, from + "/LayerNorm_2", to + ".ln2", made);
        linear(state, from + "/MlpBlock_3/Dense_0", to + ".ffn.layers.0.0", made);
        linear(state, from + "/MlpBlock_3/Dense_1", to + ".ffn.layers.1", made);
    }

    private static void norm(StateDict state, String from, String to, Map<String, HostTensor> made) {
        made.put(to + ".weight", find(state, from + "/scale"));
        made.put(to + ".bias", find(state, from + "/bias"));
    }

    private static void linear(StateDict state, String from, String to, Map<String, HostTensor> made) {
        made.put(to + ".weight", transposed(find(state, from + "/kernel")));
        made.put(to + ".bias", find(state, from + "/bias"));
    }

    /// `[D, h, d]` as `[D, h*d]`.
    private static HostTensor joinedHeads(HostTensor kernel) {
        long width = kernel.shape().getFirst();
        return kernel.reshape(width, kernel.numel() / width);
    }

    private static HostTensor transposed(HostTensor matrix) {
        return matrix.permute(1, 0);
    }

    private static HostTensor find(StateDict state, String key) {
        return state.get(key)
                .orElseThrow(() -> new CheckpointException(Complaint.at("jax-vit")
                        .expected("'" + key + "'")
                        .got("other names, such as '" + state.keys().getFirst() + "'")
                        .advice("only plain ViT is known, without convolutions before it")));
    }
}
