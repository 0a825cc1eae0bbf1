package terrazzo.graph.ir;

/// A parameter or buffer that a graph reads.
///
/// @param key its name in the state dict, for example `decode_head.conv_seg.weight`
/// @param value the tensor in the graph
/// @param trainable whether gradients flow to it; buffers and frozen parameters are not trainable
public record Weight(String key, Value value, boolean trainable) {}
