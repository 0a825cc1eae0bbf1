package terrazzo.data.datasets;

import java.util.List;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Samples by index. Safe to read from many threads.
public interface Dataset {

    int size();

    /// Sample `index` after the data set's pipeline.
    ///
    /// @param index from 0 to `size() - 1`
    /// @param draws where the pipeline takes chance from
    Results get(int index, Draws draws);

    Metainfo metainfo();

    /// The data sets that this one is made of; empty for one that reads files itself.
    default List<Dataset> parts() {
        return List.of();
    }
}
