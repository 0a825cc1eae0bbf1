package terrazzo.train.schedule;

/// How long a run is.
///
/// @param maxIters iterations of the whole run
/// @param maxEpochs epochs of the whole run; 1 when it is counted in iterations
/// @param itersPerEpoch batches of the training set
public record TrainLength(int maxIters, int maxEpochs, int itersPerEpoch) {}
