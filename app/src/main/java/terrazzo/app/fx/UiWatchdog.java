package terrazzo.app.fx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.event.Event;
import javafx.event.EventDispatchChain;
import javafx.event.EventDispatcher;
import javafx.scene.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures what each event costs the UI thread and remembers those above the limit. Processor time is measured, not
/// the clock: a busy machine must not look like a slow handler.
public final class UiWatchdog {

    private static final Logger log = LoggerFactory.getLogger(UiWatchdog.class);
    private static final int REMEMBERED = 100;

    private final long limitNanos;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Slow> slow = new CopyOnWriteArrayList<>();
    private int depth;

    /// @param limitMillis what a handler may take
    public UiWatchdog(long limitMillis) {
        this.limitNanos = limitMillis * 1_000_000;
    }

    /// An event that took too long.
    ///
    /// @param event its type and target
    /// @param millis processor time of all its handlers
    public record Slow(String event, long millis) {}

    /// Watches every event that goes through the scene.
    public void watch(Scene scene) {
        EventDispatcher original = scene.getEventDispatcher();
        scene.setEventDispatcher((event, tail) -> measured(original, event, tail));
    }

    /// What was too slow so far.
    public List<Slow> slow() {
        return List.copyOf(slow);
    }

    public void forget() {
        slow.clear();
    }

    private Event measured(EventDispatcher original, Event event, EventDispatchChain tail) {
        long start = threads.getCurrentThreadCpuTime();
        String name = depth == 0 ? event.getEventType() + " at " + event.getTarget() : "";
        depth++;
        try {
            return original.dispatchEvent(event, tail);
        } finally {
            depth--;
            long nanos = threads.getCurrentThreadCpuTime() - start;
            if (depth == 0 && nanos > limitNanos && slow.size() < REMEMBERED) {
                Slow found = new Slow(name, nanos / 1_000_000);
                slow.add(found);
                log.debug("{} took {} ms of the UI thread", found.event, found.millis);
            }
        }
    }
}
