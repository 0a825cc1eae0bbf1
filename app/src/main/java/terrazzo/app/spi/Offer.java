package terrazzo.app.spi;

/// One thing that [Workspace#open] would open.
///
/// @param textKey names it, with the count as its argument: `an image`, `3 images`
/// @param count how many
public record Offer(String textKey, int count) {}
