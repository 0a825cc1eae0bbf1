package terrazzo.data.transforms;

import java.util.List;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// A step that mixes other samples of the data set into one; the data set hands them over as [Results#mixResults()].
public interface MixingTransform extends Transform {

    /// Chooses the samples to mix in.
    ///
    /// @param datasetSize number of samples to choose from
    List<Integer> indices(int datasetSize, Draws draws);
}
