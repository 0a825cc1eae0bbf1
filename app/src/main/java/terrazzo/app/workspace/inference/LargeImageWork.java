package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import terrazzo.app.canvas.TiledLabels;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.app.task.TaskService.Work;
import terrazzo.core.Progress;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;

/// The long work on images that are too large for memory: reading one into tiles, and segmenting it into
/// tiles. What is there can be seen meanwhile. UI thread, but for the work that it hands out.
final class LargeImageWork {

    /// Label tiles kept in memory: those of two screens of 2560x1440.
    private static final long LABEL_BYTES = 48L << 20;

    /// Between two looks at what has come.
    private static final long LOOK_NANOS = 300_000_000;

    private final StudioServices services;
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();

    LargeImageWork(StudioServices services) {
        this.services = services;
    }

    /// Changes whenever more of an image or its labels is there.
    ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /// Where tiles are kept.
    Path scratch() {
        return services.scratch().resolve("tiles");
    }

    /// Reads the pixels of a large image; yields the image.
    Work<Picture> fill(Picture picture) {
        return (progress, cancellation) -> {
            picture.fill(progress, cancellation, this::more);
            return picture;
        };
    }

    /// Finds the class of each pixel; yields the whole result.
    ///
    /// @param begun hears on the UI thread of the result that is being filled
    Work<Result> segment(ImageTiles image, SegmentationModel model, Consumer<Result> begun) {
        return (progress, cancellation) -> {
            long start = System.nanoTime();
            LabelTiles labels = new LabelTiles(scratch(), image.size());
            TiledLabels shown = new TiledLabels(labels, services.tasks().executor(Lane.TILES), LABEL_BYTES);
            Result result = Result.begun(labels, shown);
            services.bridge().run(() -> begun.accept(result));
            long[] looked = {start};
            Progress looking = (done, total, what) -> {
                progress.at(done, total, what);
                if (System.nanoTime() - looked[0] > LOOK_NANOS) {
                    looked[0] = System.nanoTime();
                    more();
                }
            };
            model.run(image, labels, looking, cancellation);
            return result.done((System.nanoTime() - start) / 1e9);
        };
    }

    private void more() {
        services.bridge().post(this, () -> revision.set(revision.get() + 1));
    }
}
