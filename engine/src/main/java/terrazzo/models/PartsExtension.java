package terrazzo.models;

import terrazzo.plugin.Extension;

/// Adds architectures to what configs can name: segmentors, backbones, necks, heads, losses, samplers.
public interface PartsExtension extends Extension<Parts> {}
