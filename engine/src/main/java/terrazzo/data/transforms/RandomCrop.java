package terrazzo.data.transforms;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Crops one window from image and label map, so that no class covers more than `catMaxRatio` of it.
///
/// - reads/writes `img` and `gtSegMap`; writes `imgShape`
/// - draws y offset, then x offset, again for each of at most 10 rejected windows; keeps the last one. An offset with
///   only one possible value draws nothing
///
/// @param cropSize of the window; an image that is smaller is not padded
/// @param catMaxRatio of the pixels that count, above which a window is rejected; 1 accepts every window
/// @param ignoreIndex labels that don't count
public record RandomCrop(Size cropSize, double catMaxRatio, int ignoreIndex) implements Transform {

    private static final int TRIES = 10;

    static RandomCrop read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        return new RandomCrop(
                Scales.size(c, "crop_size"), c.number("cat_max_ratio", 1), c.integer("ignore_index", 255));
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.requireImg("RandomCrop");
        LabelMap labels = results.gtSegMap();
        Window window = window(img.size(), draws);
        if (catMaxRatio < 1 && labels != null) {
            for (int i = 0; i < TRIES && !isVaried(labels, window); i++) {
                window = window(img.size(), draws);
            }
        }
        MatOp op = crop(window);
        return results.withResizedImg(op.on(img)).withGtSegMap(labels == null ? null : op.on(labels));
    }

    private record Window(int x, int y, int width, int height) {}

    private Window window(Size size, Draws draws) {
        int y = draws.integer(0, Math.max(size.height() - cropSize.height(), 0) + 1);
        int x = draws.integer(0, Math.max(size.width() - cropSize.width(), 0) + 1);
        return new Window(x, y, Math.min(cropSize.width(), size.width()), Math.min(cropSize.height(), size.height()));
    }

    /// Whether two classes or more are in the window and none of them covers too much.
    private boolean isVaried(LabelMap labels, Window w) {
        int[] counts = new int[256];
        for (int y = w.y; y < w.y + w.height; y++) {
            for (int x = w.x; x < w.x + w.width; x++) {
                counts[labels.at(x, y)]++;
            }
        }
        if (ignoreIndex >= 0 && ignoreIndex < counts.length) {
            counts[ignoreIndex] = 0;
        }
        int classes = 0;
        long sum = 0;
        int largest = 0;
        for (int count : counts) {
            classes += count > 0 ? 1 : 0;
            sum += count;
            largest = Math.max(largest, count);
        }
        return classes > 1 && (double) largest / sum < catMaxRatio;
    }

    private static MatOp crop(Window w) {
        return (in, out) -> {
            try (Rect rect = new Rect(w.x, w.y, w.width, w.height);
                    Mat part = new Mat(in, rect)) {
                part.copyTo(out);
            }
        };
    }
}
