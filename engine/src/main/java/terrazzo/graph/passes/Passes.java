package terrazzo.graph.passes;

import terrazzo.graph.ir.Graph;

/// The passes, in the order that gains most.
public final class Passes {

    private Passes() {}

    /// Folds batch norms, drops numbers too small to matter and lays images out channels-last; results differ by
    /// rounding
    /// only.
    public static Graph forInference(Graph graph) {
        return new ChannelsLast().apply(folded(graph));
    }

    /// [#forInference(Graph)] in bfloat16. Batch norms are folded in float32 first.
    public static Graph forInferenceInBfloat16(Graph graph) {
        return new ChannelsLast().apply(new Bfloat16().apply(folded(graph)));
    }

    /// Lays images and kernels out channels-last; for graphs that are differentiated.
    public static Graph forTraining(Graph graph) {
        return new ChannelsLast().apply(graph);
    }

    /// [#forTraining(Graph)] with convolutions and matrix products in bfloat16 and weights in float32.
    public static Graph forTrainingInBfloat16(Graph graph) {
        return new ChannelsLast().apply(new MixedPrecision().apply(graph));
    }

    private static Graph folded(Graph graph) {
        return new FlushTiny().apply(new FoldBatchNorm().apply(graph));
    }
}
