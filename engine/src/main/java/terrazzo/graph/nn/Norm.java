package terrazzo.graph.nn;

/// A part that normalises. Optimizers may treat its weights in their own way.
public interface Norm {}
