package terrazzo.app.task;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Cancellation;

/// One piece of long work as the user sees it. Properties change on the UI thread only.
///
/// @param <T> what the work yields
public final class RunningTask<T> {

    /// Where a task is.
    public enum State {
        /// Others are before it.
        WAITING,
        /// At work.
        RUNNING,
        /// Finished as asked.
        DONE,
        /// Ended with a failure.
        FAILED,
        /// Stopped because the user asked.
        CANCELLED
    }

    private final String name;
    private final Cancellation cancellation = new Cancellation();
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.WAITING);
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyDoubleWrapper rate = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyDoubleWrapper secondsLeft = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyStringWrapper unit = new ReadOnlyStringWrapper("");
    private Consumer<? super T> onDone = _ -> {};
    private Consumer<? super Throwable> onFailed = _ -> {};
    private Runnable onEnd = () -> {};

    RunningTask(String name) {
        this.name = name;
    }

    /// In the user's language when it was started.
    public String name() {
        return name;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public State state() {
        return state.get();
    }

    /// 0 to 1, or -1 while not known.
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    /// Units per second, NaN while not known.
    public ReadOnlyDoubleProperty rateProperty() {
        return rate.getReadOnlyProperty();
    }

    /// Seconds to go, NaN while not known.
    public ReadOnlyDoubleProperty secondsLeftProperty() {
        return secondsLeft.getReadOnlyProperty();
    }

    /// The unit at hand, for example a file name.
    public ReadOnlyStringProperty unitProperty() {
        return unit.getReadOnlyProperty();
    }

    /// Asks the work to stop; it ends as [State#CANCELLED] at its next poll.
    public void cancel() {
        cancellation.request();
    }

    public boolean isEnded() {
        return state.get() != State.WAITING && state.get() != State.RUNNING;
    }

    /// Called on the UI thread with the result.
    public RunningTask<T> onDone(Consumer<? super T> consumer) {
        onDone = consumer;
        return this;
    }

    /// Called on the UI thread with the failure; the user has been told already.
    public RunningTask<T> onFailed(Consumer<? super Throwable> consumer) {
        onFailed = consumer;
        return this;
    }

    /// Called on the UI thread after any end.
    public RunningTask<T> onEnd(Runnable listener) {
        onEnd = listener;
        return this;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    void started() {
        state.set(State.RUNNING);
    }

    void at(long done, long total, String what, RateMeter meter) {
        fraction.set(total > 0 ? (double) done / total : -1);
        rate.set(meter.rate());
        secondsLeft.set(total > 0 ? meter.secondsFor(total - done) : Double.NaN);
        unit.set(what);
    }

    /// Between two whole units.
    void at(double share) {
        fraction.set(share);
    }

    void done(T result) {
        fraction.set(1);
        state.set(State.DONE);
        onDone.accept(result);
        onEnd.run();
    }

    void failed(@Nullable Throwable failure) {
        if (failure == null) {
            state.set(State.CANCELLED);
        } else {
            state.set(State.FAILED);
            onFailed.accept(failure);
        }
        onEnd.run();
    }
}
