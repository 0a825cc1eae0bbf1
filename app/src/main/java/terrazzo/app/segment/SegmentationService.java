package terrazzo.app.segment;

import java.util.List;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;

/// Opens models. Everything here is slow but for [#devices] and [#catalogue]: call it from a task.
public interface SegmentationService {

    /// What models can run on, the default first, for example `cpu`.
    List<String> devices();

    /// Number formats a model can run in, the default first, for example `fp32`.
    List<String> precisions();

    /// Models that come with the studio or were fetched before, the default first; may be empty.
    List<ModelSource> catalogue();

    /// Reads config and checkpoint and gets the model ready.
    ///
    /// @throws terrazzo.core.error.EngineException when config, checkpoint or device don't do
    SegmentationModel open(ModelRequest request, Progress progress, Cancellation cancellation);
}
