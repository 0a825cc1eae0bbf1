package terrazzo.app.segment;

import java.io.IOException;
import java.nio.file.Path;
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

    /// Names of models whose weights are published, for [#fetch] and [#add]; slow.
    default List<String> published() {
        return List.of();
    }

    /// Gets the weights of a published model from the network, if they aren't here yet.
    ///
    /// @param progress hears megabytes
    /// @throws terrazzo.core.error.EngineException when they can't be fetched
    default ModelSource fetch(String name, Progress progress, Cancellation cancellation) throws IOException {
        throw new IllegalArgumentException("expected a published model, got " + name);
    }

    /// Takes a file that the user has as the weights of a published model.
    ///
    /// @throws terrazzo.core.error.EngineException when it is another file
    default ModelSource add(String name, Path file) throws IOException {
        throw new IllegalArgumentException("expected a published model, got " + name);
    }

    /// Reads config and checkpoint and gets the model ready.
    ///
    /// @throws terrazzo.core.error.EngineException when config, checkpoint or device don't do
    SegmentationModel open(ModelRequest request, Progress progress, Cancellation cancellation);
}
