package terrazzo.train.hooks;

import java.nio.file.Path;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.sample.SegDataSample;
import terrazzo.inference.overlay.SegLocalVisualizer;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Draws validation images as the model sees them by now: ground truth at the left, prediction at the right, into
/// `vis_image/NAME_STEP.png`.
final class SegVisualizationHook implements Hook {

    private static final double OPACITY = 0.8; // the reference's

    private final boolean draws;
    private final int interval;
    private final ScalarRows rows;

    SegVisualizationHook(boolean draws, int interval, ScalarRows rows) {
        this.draws = draws;
        this.interval = interval;
        this.rows = rows;
    }

    static SegVisualizationHook read(ConfigNode c, Hooks.Context context) { // defaults: mmseg v1.0.0rc0
        c.ignoring("type", "show", "wait_time", "file_client_args", "backend_args");
        return new SegVisualizationHook(c.bool("draw", false), Math.max(1, c.integer("interval", 50)), context.rows());
    }

    @Override
    public void afterValIter(Runner runner, int index, SegDataSample sample) {
        String path = sample.meta().imgPath();
        LabelMap predicted = sample.predSemSeg();
        if (!draws || index % interval != 0 || path == null || predicted == null) {
            return;
        }
        Palette palette = runner.parts().loader().dataset().metainfo().palette();
        SegLocalVisualizer visualizer = SegLocalVisualizer.of(palette, OPACITY);
        Raster image = ImageFile.load(Path.of(path));
        Raster right = visualizer.draw(image, predicted);
        LabelMap truth = sample.gtSemSeg();
        Raster picture = truth != null && truth.size().equals(image.size())
                ? beside(visualizer.draw(image, truth), right)
                : right;
        String file = String.valueOf(Path.of(path).getFileName());
        String name = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
        Path folder = runner.parts().folder().visData().resolve("vis_image");
        ImageFile.save(folder.resolve(name + "_" + runner.iter() + ".png"), picture);
        rows.image("val_" + name, picture, runner.iter());
    }

    private static Raster beside(Raster left, Raster right) {
        int width = left.width();
        byte[] bgr = new byte[2 * left.asBgr().length];
        for (int y = 0; y < left.height(); y++) {
            System.arraycopy(left.asBgr(), y * width * 3, bgr, y * width * 6, width * 3);
            System.arraycopy(right.asBgr(), y * width * 3, bgr, y * width * 6 + width * 3, width * 3);
        }
        return new Raster(new Size(left.height(), 2 * width), bgr);
    }
}
