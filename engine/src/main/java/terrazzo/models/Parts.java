package terrazzo.models;

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
}
