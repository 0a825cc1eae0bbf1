package terrazzo.train.runner;

import terrazzo.checkpoint.PickleValue;

/// Moves settings of the optimizer.
public interface ParamScheduler {

    boolean isByEpoch();

    void step();

    PickleValue stateDict();

    void loadStateDict(PickleValue state);
}
