package terrazzo.app.workspace.inference;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;

/// Runs the model on the image that is shown: at most once at a time, the newest wish counts. UI thread only.
final class ModelRun {

    private final Jobs jobs;
    private final ModelSlot model;
    private final LargeImageWork large;
    private final Display display;
    private final BooleanProperty running = new SimpleBooleanProperty(false);
    private @Nullable RunningTask<?> computing;

    /// @param display shows what is found
    ModelRun(Jobs jobs, ModelSlot model, LargeImageWork large, Display display) {
        this.jobs = jobs;
        this.model = model;
        this.large = large;
        this.display = display;
    }

    /// Whether the model is at work on the image shown.
    BooleanProperty runningProperty() {
        return running;
    }

    /// Runs the model on what is shown, once; opens it first when need be.
    void start() {
        SegmentationModel ready = model.model().orElse(null);
        if (ready == null) {
            model.open();
            return;
        }
        display.pictureProperty().get().filter(Picture::isComplete).ifPresent(shown -> start(ready, shown));
    }

    private void start(SegmentationModel ready, Picture shown) {
        stop();
        running.set(true);
        RunningTask<Result> task = compute(ready, shown);
        computing = task;
        task.stateProperty().addListener(_ -> {
            if (task.isEnded() && task == computing) {
                running.set(false);
            }
        });
        task.onDone(found -> display.showIfStill(shown, found));
    }

    private RunningTask<Result> compute(SegmentationModel ready, Picture shown) {
        return shown.tiles()
                .map(tiles -> jobs.submit(
                        "task.segment",
                        Lane.COMPUTE,
                        large.segment(tiles, ready, begun -> display.showIfStill(shown, begun))))
                .orElseGet(() -> jobs.quietly(
                        Lane.COMPUTE,
                        (_, cancellation) -> Result.of(ready.run(shown.raster().orElseThrow(), cancellation))));
    }

    /// Stops the work on the image shown.
    void stop() {
        Jobs.stop(computing);
    }
}
