package terrazzo.app.task;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.app.fx.FxBridge;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.error.EngineException;

/// Runs long work off the UI thread, in lanes: models compute one after the other, files are read beside them. It is
/// the boundary at which failures become a message; nobody else catches them. [#submit] and the lists belong to the UI
/// thread.
public final class TaskService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TaskService.class);

    private final FxBridge bridge;
    private final Consumer<? super Throwable> report;
    private final Map<Lane, ExecutorService> executors = new EnumMap<>(Lane.class);
    private final ObservableList<RunningTask<?>> tasks = FXCollections.observableArrayList();

    /// Which work waits for which.
    public enum Lane {
        /// One at a time: the model has all cores.
        COMPUTE(1),
        /// Reading, writing and looking through folders.
        FILES(2),
        /// The studio's own small files, in the order in which they are saved.
        KEEPING(1),
        /// Reading pieces of what is on screen.
        TILES(1);

        private final int threads;

        Lane(int threads) {
            this.threads = threads;
        }
    }

    /// Long work.
    ///
    /// @param <T> what it yields
    @FunctionalInterface
    public interface Work<T> {

        /// Works; polls `cancellation` at least ten times a second where it can.
        ///
        /// @throws Exception any failure; it is shown to the user
        T run(Progress progress, Cancellation cancellation) throws Exception;
    }

    /// @param report hears every failure, on the UI thread, and tells the user
    public TaskService(FxBridge bridge, Consumer<? super Throwable> report) {
        this.bridge = bridge;
        this.report = report;
        for (Lane lane : Lane.values()) {
            ThreadFactory threads = Thread.ofPlatform()
                    .daemon()
                    .name("terrazzo-" + lane.name().toLowerCase(Locale.ROOT) + "-", 0)
                    .factory();
            executors.put(lane, Executors.newFixedThreadPool(lane.threads, threads));
        }
    }

    /// The tasks that are not over, in the order of their start.
    public ObservableList<RunningTask<?>> tasks() {
        return tasks;
    }

    /// Starts work that the user sees in the task list.
    public <T> RunningTask<T> submit(String name, Lane lane, Work<T> work) {
        RunningTask<T> task = new RunningTask<>(name);
        tasks.add(task);
        execute(lane, task, work);
        return task;
    }

    /// Starts work too short to be listed, such as one image; failures are told all the same.
    public <T> RunningTask<T> submitQuietly(Lane lane, Work<T> work) {
        RunningTask<T> task = new RunningTask<>("");
        execute(lane, task, work);
        return task;
    }

    /// Runs small jobs of a lane in their order; for what needs neither progress nor a result. After [#close] nothing
    /// is
    /// run.
    public Executor executor(Lane lane) {
        return job -> submitQuietly(lane, (_, _) -> {
            job.run();
            return true;
        });
    }

    /// Asks everything to stop; threads end when their work does, and after what is waiting had its turn to notice.
    @Override
    public void close() {
        tasks.forEach(RunningTask::cancel);
        executors.values().forEach(ExecutorService::shutdown);
    }

    /// Waits until all work has ended after [#close]; not on the UI thread. Native memory must be let go before the
    /// process ends, or libraries are torn down below a thread that still uses them.
    ///
    /// @return whether all ended in time
    public boolean await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean ended = true;
        for (ExecutorService executor : executors.values()) {
            ended &= executor.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return ended;
    }

    private <T> void execute(Lane lane, RunningTask<T> task, Work<T> work) {
        ExecutorService executor = executors.get(lane);
        if (executor == null || executor.isShutdown()) {
            return;
        }
        executor.execute(() -> run(task, work));
    }

    // The one place where any failure is caught: it ends the task, not the studio.
    private <T> void run(RunningTask<T> task, Work<T> work) {
        try {
            task.cancellation().check();
            bridge.run(task::started);
            T result = work.run(progress(task), task.cancellation());
            bridge.run(() -> end(task, () -> task.done(result)));
        } catch (CancellationException e) {
            log.debug("cancelled: {}", task.name());
            bridge.run(() -> end(task, () -> task.failed(null)));
        } catch (EngineException e) {
            log.error("{}", e.getMessage()); // says all; where it was thrown is of no use to who can mend it
            fail(task, e);
        } catch (Throwable e) { // the boundary: whatever a task throws ends in a message
            log.error("failed: {}", task.name(), e);
            fail(task, e);
        }
    }

    private void fail(RunningTask<?> task, Throwable failure) {
        bridge.run(() -> end(task, () -> {
            report.accept(failure);
            task.failed(failure);
        }));
    }

    private Progress progress(RunningTask<?> task) {
        RateMeter meter = new RateMeter(System.nanoTime());
        return new Progress() {

            private long done;
            private long total = -1;

            @Override
            public void at(long doneNow, long totalNow, String what) {
                done = doneNow;
                total = totalNow;
                meter.at(doneNow, System.nanoTime());
                bridge.post(task, () -> task.at(doneNow, totalNow, what, meter));
            }

            @Override
            public void within(double share) {
                double fraction = (done + share) / total;
                if (total > 0) {
                    bridge.post(meter, () -> task.at(fraction)); // beside the whole units, which also say what
                }
            }
        };
    }

    private void end(RunningTask<?> task, Runnable last) {
        tasks.remove(task);
        last.run();
    }
}
