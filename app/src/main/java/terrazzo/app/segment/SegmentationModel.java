package terrazzo.app.segment;

import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.image.Raster;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;

/// An open model. Calls from several threads wait for each other. Must be closed, for it holds native memory.
public interface SegmentationModel extends AutoCloseable {

    ModelCard card();

    /// Finds the class of each pixel.
    ///
    /// @throws java.util.concurrent.CancellationException when asked to stop
    Segmentation run(Raster image, Cancellation cancellation);

    /// Finds the class of each pixel of an image too large for memory.
    ///
    /// @param image complete
    /// @param labels of the same size, filled part by part
    /// @throws java.util.concurrent.CancellationException when asked to stop
    void run(ImageTiles image, LabelTiles labels, Progress progress, Cancellation cancellation);

    @Override
    void close();
}
