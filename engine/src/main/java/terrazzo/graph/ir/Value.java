package terrazzo.graph.ir;

/// A tensor in a graph: an input, a weight, or what a node makes.
///
/// @param id number that is unique in its graph
/// @param type element type and sizes
public record Value(int id, TensorType type) {}
