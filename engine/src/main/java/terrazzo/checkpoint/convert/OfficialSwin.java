package terrazzo.checkpoint.convert;

import java.util.List;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;

/// Swin as [its authors](https://github.com/microsoft/Swin-Transformer) publish it → the keys of `SwinTransformer`.
///
/// Where patches are merged, the authors put the four pixels of a square side by side column by column, each with all
/// its channels; ours come as `unfold` gives them, row by row within each channel.
final class OfficialSwin implements KeyConverter {

    private static final String BLOCK = "layers\\.(\\d+)\\.blocks\\.(\\d+)\\.";
    private static final KeyRules RULES = KeyRules.NONE
            .keep("absolute_pos_embed|patch_embed\\.norm\\..+|norm\\d\\..+")
            .rename("patch_embed\\.proj\\.(.+)", "patch_embed.projection.$1")
            .rename(BLOCK + "(norm\\d\\..+)", "stages.$1.blocks.$2.$3")
            .rename(BLOCK + "attn\\.(.+)", "stages.$1.blocks.$2.attn.w_msa.$3")
            .rename(BLOCK + "mlp\\.fc1\\.(.+)", "stages.$1.blocks.$2.ffn.layers.0.0.$3")
            .rename(BLOCK + "mlp\\.fc2\\.(.+)", "stages.$1.blocks.$2.ffn.layers.1.$3")
            .rename("layers\\.(\\d+)\\.downsample\\.(.+)", "stages.$1.downsample.$2");

    @Override
    public String name() {
        return "swin";
    }

    @Override
    public String origin() {
        return "Swin of its authors";
    }

    @Override
    public boolean recognises(StateDict state) {
        return state.get("layers.0.blocks.0.attn.relative_position_bias_table").isPresent();
    }

    @Override
    public StateDict convert(StateDict state) {
        return RULES.apply(state, (key, tensor) -> key.contains(".downsample.") ? reordered(tensor) : tensor);
    }

    /// The last dimension from (column, row, channel) to (channel, row, column).
    private static HostTensor reordered(HostTensor tensor) { // reduction [2C, 4C], norm [4C]
        List<Long> shape = tensor.shape();
        long channels = shape.getLast() / 4;
        if (shape.size() == 1) {
            return tensor.reshape(2, 2, channels).permute(2, 1, 0).reshape(shape.getFirst());
        }
        return tensor.reshape(shape.getFirst(), 2, 2, channels)
                .permute(0, 3, 2, 1)
                .reshape(shape.getFirst(), shape.getLast());
    }
}
