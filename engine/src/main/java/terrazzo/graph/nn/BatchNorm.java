package terrazzo.graph.nn;

import terrazzo.core.shape.DType;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.NormOp;

/// Normalises each channel of `[N, C, ...]` by the batch's statistics in training and by running ones in evaluation
/// ([paper](https://arxiv.org/abs/1502.03167)).
public final class BatchNorm extends Layer implements Norm {

    private final double momentum;
    private final double eps;
    private final Parameter weight;
    private final Parameter bias;
    private final Parameter runningMean;
    private final Parameter runningVar;
    private final Parameter numBatchesTracked;

    /// @param momentum weight of a batch in the running statistics, 0 to 1
    /// @param eps added to the variance
    public BatchNorm(int channels, double momentum, double eps) {
        this.momentum = momentum;
        this.eps = eps;
        this.weight = parameter("weight", Init.ONES, channels);
        this.bias = parameter("bias", Init.ZEROS, channels);
        this.runningMean = buffer("running_mean", DType.FLOAT32, Init.ZEROS, channels);
        this.runningVar = buffer("running_var", DType.FLOAT32, Init.ONES, channels);
        this.numBatchesTracked = buffer("num_batches_tracked", DType.INT64, Init.ZEROS);
    }

    public Parameter weight() {
        return weight;
    }

    @Override
    protected Tensor forward(Tensor x) {
        Trace trace = x.trace();
        boolean training = isTraining(x);
        if (training) {
            Tensor seen = trace.weight(numBatchesTracked);
            seen.assign(seen.add(1));
        }
        return x.apply(
                new NormOp.BatchNorm(training, momentum, eps),
                trace.weight(weight),
                trace.weight(bias),
                trace.weight(runningMean),
                trace.weight(runningVar));
    }
}
