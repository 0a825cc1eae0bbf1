package terrazzo.app.segment;

import terrazzo.core.Cancellation;
import terrazzo.core.image.Raster;

/// An open model. Calls from several threads wait for each other. Must be closed, for it holds native memory.
public interface SegmentationModel extends AutoCloseable {

    ModelCard card();

    /// Finds the class of each pixel.
    ///
    /// @throws java.util.concurrent.CancellationException when asked to stop
    Segmentation run(Raster image, Cancellation cancellation);

    @Override
    void close();
}
