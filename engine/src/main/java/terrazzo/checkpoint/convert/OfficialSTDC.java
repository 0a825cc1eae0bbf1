package terrazzo.checkpoint.convert;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import terrazzo.checkpoint.StateDict;

/// STDC1 and STDC2 as [their authors](https://github.com/MichaelFan01/STDC-Seg) publish them → the keys of `STDCNet`;
/// from a whole segmentation model, those of `STDCContextPathNet`'s backbone. The authors number all blocks through,
/// here they are grouped by stride.
final class OfficialSTDC implements KeyConverter {

    /// Blocks at strides 8, 16 and 32, by the number of all layers.
    private static final List<Integer> STDC1 = List.of(2, 2, 2);

    private static final List<Integer> STDC2 = List.of(4, 5, 3);
    private static final int LAYERS_OF_STDC1 = 8; // with the two convolutions before

    private static final String FEATURE = "(?:cp\\.)?((?:backbone\\.)?)features\\.(\\d+)\\.";

    @Override
    public String name() {
        return "stdc";
    }

    @Override
    public String origin() {
        return "STDC of its authors";
    }

    @Override
    public boolean recognises(StateDict state) {
        return state.keys().stream().anyMatch(key -> key.matches(FEATURE + "conv_list\\.0\\.conv\\.weight"));
    }

    @Override
    public StateDict convert(StateDict state) {
        long layers = state.keys().stream()
                .filter(key -> key.matches(FEATURE + ".+"))
                .map(key -> key.replaceFirst(FEATURE + ".+", "$2"))
                .distinct()
                .count();
        List<String> stages = stages(layers == LAYERS_OF_STDC1 ? STDC1 : STDC2);
        KeyRules rules = KeyRules.NONE;
        for (int i = 0; i < stages.size(); i++) {
            String feature = "(?:cp\\.)?((?:backbone\\.)?)features\\." + i + "\\.";
            String stage = "$1stages." + stages.get(i) + ".";
            rules = rules.rename(feature + "conv_list\\.(.+)", stage + "layers.$2")
                    .rename(feature + "avd_layer\\.0\\.(.+)", stage + "downsample.conv.$2")
                    .rename(feature + "avd_layer\\.1\\.(.+)", stage + "downsample.bn.$2")
                    .rename(feature + "((?:conv|bn)\\..+)", stage + "$2");
        }
        return rules.apply(state);
    }

    /// The place of each layer: `0`, `1`, then `2.0`, `2.1`, ….
    private static List<String> stages(List<Integer> blocks) {
        Stream<String> grouped = IntStream.range(0, blocks.size())
                .boxed()
                .flatMap(i -> IntStream.range(0, blocks.get(i)).mapToObj(j -> (i + 2) + "." + j));
        return Stream.concat(Stream.of("0", "1"), grouped).toList();
    }
}
