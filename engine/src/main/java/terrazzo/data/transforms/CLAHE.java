package terrazzo.data.transforms;

import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Evens out the histogram of each channel tile by tile, with limited contrast.
///
/// - reads/writes `img` u8
///
/// See Zuiderveld, [Contrast limited adaptive histogram equalization](https://dl.acm.org/doi/10.5555/180895.180940).
///
/// @param clipLimit above which contrast is cut
/// @param tileGridSize number of tiles across and down
public record CLAHE(double clipLimit, List<Integer> tileGridSize) implements Transform {

    public CLAHE {
        tileGridSize = List.copyOf(tileGridSize);
    }

    static CLAHE read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        List<Integer> tiles = c.ints("tile_grid_size", List.of(8, 8));
        if (tiles.size() != 2 || tiles.stream().anyMatch(t -> t < 1)) {
            throw c.error("tile_grid_size", "two whole numbers above 0", tiles.toString(), "");
        }
        return new CLAHE(c.number("clip_limit", 40), tiles);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        MatOp op = this::equalize;
        return results.withImg(op.on(results.requireBytes("CLAHE")));
    }

    private void equalize(Mat in, Mat out) {
        try (var grid = new org.bytedeco.opencv.opencv_core.Size(tileGridSize.getFirst(), tileGridSize.getLast());
                var clahe = opencv_imgproc.createCLAHE(clipLimit, grid);
                MatVector channels = new MatVector()) {
            opencv_core.split(in, channels);
            for (long i = 0; i < channels.size(); i++) {
                try (Mat channel = channels.get(i)) {
                    clahe.apply(channel, channel);
                }
            }
            opencv_core.merge(channels, out);
        }
    }
}
