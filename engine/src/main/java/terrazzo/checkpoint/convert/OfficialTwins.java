package terrazzo.checkpoint.convert;

import terrazzo.checkpoint.StateDict;

/// [Twins](https://github.com/Meituan-AutoML/Twins) as its authors and timm publish it → the keys of `PCPVT` and `SVT`.
/// Which of the two it is need not be said: SVT's blocks within windows have one projection (`qkv`), all others two.
final class OfficialTwins implements KeyConverter {

    private static final String BLOCK = "blocks\\.(\\d+)\\.(\\d+)\\.";

    @Override
    public String name() {
        return "twins";
    }

    @Override
    public String origin() {
        return "PCPVT or SVT of Twins' authors";
    }

    @Override
    public boolean recognises(StateDict state) {
        return state.get("patch_embeds.0.proj.weight").isPresent()
                && state.get("pos_block.0.proj.0.weight").isPresent();
    }

    @Override
    public StateDict convert(StateDict state) {
        KeyRules rules = KeyRules.NONE
                .keep("norm_list\\..+|patch_embeds\\.\\d+\\.norm\\..+")
                .rename("patch_embeds\\.(\\d+)\\.proj\\.(.+)", "patch_embeds.$1.projection.$2")
                .rename("pos_block\\.(\\d+)\\.proj\\.0\\.(.+)", "position_encodings.$1.proj.$2")
                .rename(BLOCK + "(norm\\d\\..+|attn\\.(?!proj).+)", "layers.$1.$2.$3")
                .rename(BLOCK + "attn\\.(proj\\..+)", "layers.$1.$2.attn.$3")
                .rename(BLOCK + "mlp\\.fc1\\.(.+)", "layers.$1.$2.ffn.layers.0.0.$3")
                .rename(BLOCK + "mlp\\.fc2\\.(.+)", "layers.$1.$2.ffn.layers.1.$3");
        StateDict joined = JoinedProjections.of(state.renamed(key -> globalProjection(state, key)));
        return rules.apply(joined);
    }

    /// The projection after attention to all is part of PyTorch's layer, that after attention within windows is not.
    private static String globalProjection(StateDict state, String key) {
        boolean global = key.contains(".attn.proj.")
                && state.get(key.replaceFirst("\\.proj\\..+", ".q.weight")).isPresent();
        return global ? key.replace(".attn.proj.", ".attn.attn.out_proj.") : key;
    }
}
