package terrazzo.app.workspace.inference;

import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.app.task.TaskService.Work;

/// The workspace's tasks, counted, so that it is known when everything asked for is on screen. UI thread only.
final class Jobs {

    private final StudioServices services;
    private final IntegerProperty pending = new SimpleIntegerProperty(0);
    private final BooleanBinding settled = pending.isEqualTo(0);

    Jobs(StudioServices services) {
        this.services = services;
    }

    /// Whether nothing is waited for.
    BooleanBinding settled() {
        return settled;
    }

    /// Work that the user sees in the task list.
    <T> RunningTask<T> submit(String nameKey, Lane lane, Work<T> work) {
        return counted(services.tasks().submit(services.texts().get(nameKey), lane, work));
    }

    /// Work too short to be listed.
    <T> RunningTask<T> quietly(Lane lane, Work<T> work) {
        return counted(services.tasks().submitQuietly(lane, work));
    }

    /// Something else is waited for, until [#arrived].
    void expect() {
        pending.set(pending.get() + 1);
    }

    void arrived() {
        pending.set(pending.get() - 1);
    }

    /// Cancels a task, if there is one.
    static void stop(@Nullable RunningTask<?> task) {
        if (task != null) {
            task.cancel();
        }
    }

    private <T> RunningTask<T> counted(RunningTask<T> task) {
        expect();
        return task.onEnd(this::arrived);
    }
}
