package terrazzo.checkpoint.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;

/// [BEiT](https://github.com/microsoft/unilm/tree/master/beit) and, when asked for by name,
/// [MAE](https://github.com/facebookresearch/mae), as their authors publish them → the keys of `BEiT` and `MAE`. By its
/// keys, MAE can't be told from other vision transformers.
final class OfficialBEiT implements KeyConverter {

    private static final String SHARED = "rel_pos_bias.relative_position_bias_table";
    private static final KeyRules RULES = KeyRules.NONE
            .keep("cls_token|pos_embed|patch_embed\\.norm\\..+")
            .rename("patch_embed\\.proj\\.(.+)", "patch_embed.projection.$1")
            .rename("blocks\\.(\\d+)\\.norm(\\d)\\.(.+)", "layers.$1.ln$2.$3")
            .rename("blocks\\.(\\d+)\\.mlp\\.fc1\\.(.+)", "layers.$1.ffn.layers.0.0.$2")
            .rename("blocks\\.(\\d+)\\.mlp\\.fc2\\.(.+)", "layers.$1.ffn.layers.1.$2")
            .rename("blocks\\.(\\d+)\\.(attn\\..+|gamma_\\d)", "layers.$1.$2")
            .rename("norm\\.(.+)", "ln1.$1");

    @Override
    public String name() {
        return "beit";
    }

    @Override
    public String origin() {
        return "BEiT or MAE of its authors";
    }

    @Override
    public boolean recognises(StateDict state) {
        return state.get("patch_embed.proj.weight").isPresent()
                && state.get("blocks.0.gamma_1").isPresent();
    }

    @Override
    public StateDict convert(StateDict state) {
        Map<String, HostTensor> made = new LinkedHashMap<>(RULES.apply(state).tensors());
        Optional<HostTensor> shared = state.get(SHARED);
        if (shared.isPresent()) { // before fine-tuning, one table serves all layers
            state.keys().stream()
                    .filter(key -> key.matches("blocks\\.\\d+\\.attn\\.qkv\\.weight"))
                    .map(key -> key.replace("blocks.", "layers.").replace("qkv.weight", "relative_position_bias_table"))
                    .forEach(key -> made.putIfAbsent(key, shared.get()));
        }
        return new StateDict(made);
    }
}
