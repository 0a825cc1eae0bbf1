package terrazzo.checkpoint.convert;

import terrazzo.checkpoint.StateDict;

/// ViT and DeiT as [timm](https://github.com/huggingface/pytorch-image-models) and Meta publish them → the keys of
/// `VisionTransformer`.
final class TimmViT implements KeyConverter {

    private static final KeyRules RULES = KeyRules.NONE
            .keep("cls_token|pos_embed|patch_embed\\.norm\\..+")
            .rename("patch_embed\\.proj\\.(.+)", "patch_embed.projection.$1")
            .rename("blocks\\.(\\d+)\\.norm(\\d)\\.(.+)", "layers.$1.ln$2.$3")
            .rename("blocks\\.(\\d+)\\.attn\\.qkv\\.(.+)", "layers.$1.attn.attn.in_proj_$2")
            .rename("blocks\\.(\\d+)\\.attn\\.proj\\.(.+)", "layers.$1.attn.attn.out_proj.$2")
            .rename("blocks\\.(\\d+)\\.mlp\\.fc1\\.(.+)", "layers.$1.ffn.layers.0.0.$2")
            .rename("blocks\\.(\\d+)\\.mlp\\.fc2\\.(.+)", "layers.$1.ffn.layers.1.$2")
            .rename("norm\\.(.+)", "ln1.$1");

    @Override
    public String name() {
        return "timm-vit";
    }

    @Override
    public String origin() {
        return "ViT of timm, DeiT";
    }

    @Override
    public boolean recognises(StateDict state) {
        return state.get("patch_embed.proj.weight").isPresent()
                && state.get("blocks.0.attn.qkv.weight").isPresent()
                && state.get("blocks.0.gamma_1").isEmpty();
    }

    @Override
    public StateDict convert(StateDict state) {
        return RULES.apply(state);
    }
}
