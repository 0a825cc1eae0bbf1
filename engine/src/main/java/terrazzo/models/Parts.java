package terrazzo.models;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.config.ConfigNode;

/// Everything that a model config can name.
///
/// @param segmentors whole models
/// @param backbones image to features
/// @param necks features to features
/// @param heads features to logits
/// @param losses logits and labels to a number
/// @param samplers the pixels that losses look at
public record Parts(
        Registry<Segmentor> segmentors,
        Registry<Backbone> backbones,
        Registry<Neck> necks,
        Registry<DecodeHead> heads,
        Registry<Loss> losses,
        Registry<PixelSampler> samplers) {

    /// Builds the model that a config's `model` describes.
    ///
    /// @throws terrazzo.core.error.ConfigException when it can't be built
    public Segmentor segmentor(ConfigNode model) {
        return segmentors.build(model, this);
    }

    /// The same parts with one more segmentor; a name that is there already is replaced.
    public Parts withSegmentor(String name, Registry.Maker<Segmentor> maker) {
        return new Parts(segmentors.with(Map.of(name, maker)), backbones, necks, heads, losses, samplers);
    }

    public Parts withBackbone(String name, Registry.Maker<Backbone> maker) {
        return new Parts(segmentors, backbones.with(Map.of(name, maker)), necks, heads, losses, samplers);
    }

    public Parts withNeck(String name, Registry.Maker<Neck> maker) {
        return new Parts(segmentors, backbones, necks.with(Map.of(name, maker)), heads, losses, samplers);
    }

    public Parts withHead(String name, Registry.Maker<DecodeHead> maker) {
        return new Parts(segmentors, backbones, necks, heads.with(Map.of(name, maker)), losses, samplers);
    }

    public Parts withLoss(String name, Registry.Maker<Loss> maker) {
        return new Parts(segmentors, backbones, necks, heads, losses.with(Map.of(name, maker)), samplers);
    }

    public Parts withSampler(String name, Registry.Maker<PixelSampler> maker) {
        return new Parts(segmentors, backbones, necks, heads, losses, samplers.with(Map.of(name, maker)));
    }

    /// Kind and name of every part: `backbone ResNet`.
    public Set<String> contents() {
        Set<String> contents = new LinkedHashSet<>();
        for (Registry<?> registry : List.of(segmentors, backbones, necks, heads, losses, samplers)) {
            registry.names().forEach(name -> contents.add(registry.kind() + " " + name));
        }
        return contents;
    }
}
