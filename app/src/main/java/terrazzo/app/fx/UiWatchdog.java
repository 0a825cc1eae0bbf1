package terrazzo.app.fx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javafx.event.Event;
import javafx.event.EventDispatchChain;
import javafx.event.EventDispatcher;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures what each event, each update from another thread and each layout costs the UI thread, and remembers those
/// above the limit. Processor time is measured, not the clock: a busy machine must not look like a slow handler. Calls
/// that wait cost no processor time; who looks for them asks from another thread what is [#running] and what it waits
/// for.
public final class UiWatchdog {

    private static final Logger log = LoggerFactory.getLogger(UiWatchdog.class);
    private static final int REMEMBERED = 100;

    private final long limitNanos;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Slow> slow = new CopyOnWriteArrayList<>();
    private int depth;
    private long start;
    private long units;
    private volatile @Nullable Unit running;

    /// @param limitMillis what one piece of work may take
    public UiWatchdog(long limitMillis) {
        this.limitNanos = limitMillis * 1_000_000;
    }

    /// Something that took too long.
    ///
    /// @param what it was: an event's type and target, an update's class, or the layout
    /// @param millis processor time
    public record Slow(String what, long millis) {}

    /// A piece of work that the UI thread is at.
    ///
    /// @param what it is
    /// @param thread that does it
    /// @param number of the piece, so that two alike can be told apart
    public record Unit(String what, Thread thread, long number) {}

    /// Watches every event that goes through the scene, and its layout.
    public void watch(Scene scene) {
        EventDispatcher original = scene.getEventDispatcher();
        scene.setEventDispatcher((event, tail) -> measured(original, event, tail));
        scene.addPreLayoutPulseListener(() -> begin("layout"));
        scene.addPostLayoutPulseListener(() -> end("layout"));
    }

    /// Runs work elsewhere, measured.
    public Executor watched(Executor ui) {
        return work -> ui.execute(() -> {
            String name = "update of " + work.getClass().getSimpleName();
            begin(name);
            try {
                work.run();
            } finally {
                end(name);
            }
        });
    }

    /// What was too slow so far.
    public List<Slow> slow() {
        return List.copyOf(slow);
    }

    /// What the UI thread is at now. Any thread.
    public Optional<Unit> running() {
        return Optional.ofNullable(running);
    }

    public void forget() {
        slow.clear();
    }

    private @Nullable Event measured(EventDispatcher original, Event event, EventDispatchChain tail) {
        String name = depth == 0 ? event.getEventType() + " at " + event.getTarget() : "";
        begin(name);
        try {
            return original.dispatchEvent(event, tail);
        } finally {
            end(name);
        }
    }

    /// Only the outermost piece counts: a handler that fires events is charged for them.
    private void begin(String name) {
        if (depth++ == 0) {
            running = new Unit(name, Thread.currentThread(), ++units);
            start = threads.getCurrentThreadCpuTime();
        }
    }

    private void end(String name) {
        if (--depth == 0) {
            long nanos = threads.getCurrentThreadCpuTime() - start;
            running = null;
            if (nanos > limitNanos && slow.size() < REMEMBERED) {
                slow.add(new Slow(name, nanos / 1_000_000));
                log.debug("{} took {} ms of the UI thread", name, nanos / 1_000_000);
            }
        }
    }
}
