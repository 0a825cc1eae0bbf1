package terrazzo.models;

/// What is known of a feature map before any image is seen.
///
/// @param channels its channels
/// @param stride pixels of the image per pixel of the map
public record FeatureSpec(int channels, int stride) {}
