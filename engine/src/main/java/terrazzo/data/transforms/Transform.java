package terrazzo.data.transforms;

import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// One step of a pipeline. Holds no state between samples and may be called from many threads.
@FunctionalInterface
public interface Transform {

    /// Makes the next state of a sample; the one given is not changed.
    ///
    /// @param draws where the step takes chance from, if it needs any
    Results apply(Results results, Draws draws);
}
