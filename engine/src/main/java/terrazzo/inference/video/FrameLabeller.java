package terrazzo.inference.video;

import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

/// The network's part of a [VideoPipeline].
@FunctionalInterface
public interface FrameLabeller {

    /// Finds the class of each pixel.
    ///
    /// @param frame valid during the call only: its bytes are drawn over afterwards
    /// @return labels of the frame's size
    LabelMap label(Raster frame);
}
