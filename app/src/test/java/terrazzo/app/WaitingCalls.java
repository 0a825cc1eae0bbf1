package terrazzo.app;

import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import terrazzo.app.fx.UiWatchdog;

/// Looks every few milliseconds whether the UI thread waits, for a lock, another thread, or the disk, while it handles
/// something, and remembers what waited longer than it may.
final class WaitingCalls {

    private static final long PERIOD_MILLIS = 5;
    private static final long LIMIT_MILLIS = 50;
    private static final int FRAMES = 25;
    private static final Set<State> WAITING = EnumSet.of(State.BLOCKED, State.WAITING, State.TIMED_WAITING);

    /// Where a thread is that waits for the disk or the network; its state is RUNNABLE then.
    private static final List<String> NATIVE = List.of(
            "sun.nio.fs.UnixNativeDispatcher",
            "sun.nio.fs.WindowsNativeDispatcher",
            "sun.nio.ch.",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.net.");

    private final UiWatchdog watchdog;
    private final List<String> found = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean ended;

    WaitingCalls(UiWatchdog watchdog) {
        this.watchdog = watchdog;
        this.thread = Thread.ofPlatform().daemon().name("waiting-calls").start(this::look);
    }

    /// What waited too long, with where it did.
    List<String> end() throws InterruptedException {
        ended = true;
        thread.join();
        return List.copyOf(new ArrayList<>(found));
    }

    private void look() {
        Optional<UiWatchdog.Unit> before = Optional.empty();
        long waited = 0;
        while (!ended) {
            Optional<UiWatchdog.Unit> now = watchdog.running();
            boolean isSame = now.isPresent() && now.equals(before);
            long start = System.nanoTime();
            waited = isSame ? waited : 0;
            if (now.isPresent() && isWaiting(now.get().thread())) {
                sleep();
                waited += Math.min(2 * PERIOD_MILLIS, (System.nanoTime() - start) / 1_000_000);
                if (waited > LIMIT_MILLIS) {
                    found.add(now.get().what() + " waited:\n" + trace(now.get().thread()));
                    waited = Long.MIN_VALUE / 2; // once is enough
                }
            } else {
                sleep();
            }
            before = now;
        }
    }

    private static boolean isWaiting(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (Stream.of(stack).anyMatch(WaitingCalls::isOfTheMachine)) {
            return false;
        }
        boolean isInNative = stack.length > 0
                && NATIVE.stream().anyMatch(name -> stack[0].getClassName().startsWith(name));
        return isInNative || WAITING.contains(thread.getState());
    }

    /// Whether the toolkit reads a font, or Java a class, which both do when they first need it.
    private static boolean isOfTheMachine(StackTraceElement frame) {
        return frame.getClassName().startsWith("com.sun.javafx.font.")
                || frame.getClassName().startsWith("java.lang.ClassLoader")
                || frame.getClassName().startsWith("jdk.internal.loader.");
    }

    private static String trace(Thread thread) {
        return String.join(
                "\n",
                Stream.of(thread.getStackTrace())
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .toList());
    }

    private static void sleep() {
        try {
            Thread.sleep(PERIOD_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
