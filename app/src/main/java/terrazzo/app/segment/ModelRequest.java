package terrazzo.app.segment;

/// A model to open and how to run it.
///
/// @param source config and checkpoint
/// @param device one of [SegmentationService#devices]
/// @param precision one of [SegmentationService#precisions]
public record ModelRequest(ModelSource source, String device, String precision) {}
