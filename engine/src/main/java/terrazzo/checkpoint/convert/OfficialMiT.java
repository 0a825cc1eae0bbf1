package terrazzo.checkpoint.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;

/// The encoder of SegFormer as [its authors](https://github.com/NVlabs/SegFormer) publish it → the keys of
/// `MixVisionTransformer`. Their stages count from 1, ours from 0; their linear layers beside a convolution are
/// convolutions here.
final class OfficialMiT implements KeyConverter {

    private static final Pattern STAGE = Pattern.compile("(patch_embed|block|norm)(\\d+)\\.(.+)");
    private static final KeyRules WITHIN = KeyRules.NONE
            .rename("patch_embed\\.proj\\.(.+)", "0.projection.$1")
            .rename("patch_embed\\.norm\\.(.+)", "0.norm.$1")
            .rename("block\\.(\\d+)\\.(norm\\d\\..+)", "1.$1.$2")
            .rename("block\\.(\\d+)\\.attn\\.(attn\\.in_proj_.+)", "1.$1.attn.$2")
            .rename("block\\.(\\d+)\\.attn\\.proj\\.(.+)", "1.$1.attn.attn.out_proj.$2")
            .rename("block\\.(\\d+)\\.attn\\.((sr|norm)\\..+)", "1.$1.attn.$2")
            .rename("block\\.(\\d+)\\.mlp\\.fc1\\.(.+)", "1.$1.ffn.layers.0.$2")
            .rename("block\\.(\\d+)\\.mlp\\.dwconv\\.dwconv\\.(.+)", "1.$1.ffn.layers.1.$2")
            .rename("block\\.(\\d+)\\.mlp\\.fc2\\.(.+)", "1.$1.ffn.layers.4.$2")
            .rename("norm\\.(.+)", "2.$1");

    @Override
    public String name() {
        return "mit";
    }

    @Override
    public String origin() {
        return "the encoder of SegFormer's authors";
    }

    @Override
    public boolean recognises(StateDict state) {
        return state.get("patch_embed1.proj.weight").isPresent()
                && state.get("block1.0.attn.q.weight").isPresent();
    }

    @Override
    public StateDict convert(StateDict state) {
        Map<String, HostTensor> made = new LinkedHashMap<>();
        JoinedProjections.of(state).tensors().forEach((key, tensor) -> {
            Matcher stage = STAGE.matcher(key);
            if (stage.matches()) {
                int index = Integer.parseInt(stage.group(2)) - 1;
                WITHIN.apply(stage.group(1) + "." + stage.group(3))
                        .ifPresent(name -> made.put("layers." + index + "." + name, asConvolution(key, tensor)));
            }
        });
        return new StateDict(made);
    }

    private static HostTensor asConvolution(String key, HostTensor tensor) {
        return key.matches(".+\\.mlp\\.fc\\d\\.weight")
                ? tensor.reshape(tensor.shape().getFirst(), tensor.shape().getLast(), 1, 1)
                : tensor;
    }
}
