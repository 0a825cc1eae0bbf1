package terrazzo.app;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.glass.ui.watched.WatchedApplication;
import com.sun.glass.ui.watched.WatchedPlatformFactory;
import java.lang.Thread.State;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testfx.api.FxToolkit;

/// Fails a test in which the UI thread was held: by a piece of work of more than 50 ms, or by one that waited as long
/// for
/// a lock, another thread or the disk.
///
/// A piece is whatever that thread takes from its queue ([WatchedApplication]). It is measured in processor time, not
/// by
/// the clock: a busy machine must not look like slow work. Another thread looks every few milliseconds where the UI
/// thread is, so that what is found names who did it.
///
/// Two exceptions. A piece in which classes were loaded, by whatever thread, gets [#CLASS_NANOS] more for each, and no
/// more than [#FIRST_USE_NANOS] in all: what is used first is read, verified, linked and interpreted; that happens
/// once,
/// and how long a start takes is measured elsewhere. A pulse that [styles a whole view][#follow] gets
/// [#STYLE_NANOS] more: JavaFX does it at a stroke.
public final class UiWatch implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    private static final long LIMIT_NANOS = 50_000_000;
    private static final long CLASS_NANOS = 2_000_000;
    private static final long FIRST_USE_NANOS = 300_000_000;
    private static final long STYLE_NANOS = 50_000_000;
    private static final long PERIOD_MILLIS = 5;
    private static final int FRAMES = 60;
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

    /// Who may wait: the toolkit for a font that it reads, or for its own thread that paints; Java for a class.
    private static final List<String> MACHINE =
            List.of("com.sun.javafx.font.", "java.lang.ClassLoader", "jdk.internal.loader.");
    private static final List<String> PAINTING = List.of("com.sun.javafx.tk.quantum.", "com.sun.prism.");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    private final List<String> found = new CopyOnWriteArrayList<>();
    private volatile @Nullable Piece running;
    private volatile @Nullable Thread looker;

    /// What the UI thread does without looking at its queue.
    private static final class Piece {

        final Thread thread = Thread.currentThread();
        final long start = System.nanoTime();
        final long startCpu;
        final long startClasses;
        final List<List<StackTraceElement>> seen = new CopyOnWriteArrayList<>();
        volatile boolean isOwn;
        long allowedNanos = LIMIT_NANOS;
        long ownCpu;
        long waitedNanos;

        Piece(long startCpu, long startClasses) {
            this.startCpu = startCpu;
            this.startClasses = startClasses;
        }

        /// The looks that show most often the same place of ours, and one of them whole.
        String where() {
            List<List<StackTraceElement>> most = seen.stream().collect(groupingBy(Piece::ours)).values().stream()
                    .max(Comparator.comparingInt(List::size))
                    .orElse(List.of());
            if (most.isEmpty()) {
                return "not seen";
            }
            List<StackTraceElement> stack = most.getLast();
            return most.size() + " of " + seen.size() + " times at " + ours(stack) + "\n\tat "
                    + stack.stream().limit(FRAMES).map(String::valueOf).collect(joining("\n\tat "));
        }

        /// The innermost place of the studio, or the innermost at all.
        private static String ours(List<StackTraceElement> stack) {
            return Stream.concat(stack.stream().filter(f -> f.getClassName().startsWith("terrazzo.")), stack.stream())
                    .findFirst()
                    .map(String::valueOf)
                    .orElse("nowhere");
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty("glass.platform", WatchedPlatformFactory.NAME);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        found.clear();
        WatchedApplication.running().tell(new WatchedApplication.Listener() {
            @Override
            public void begun() {
                running = new Piece(threads.getCurrentThreadCpuTime(), classes.getTotalLoadedClassCount());
            }

            @Override
            public void ended() {
                Piece piece = running;
                running = null;
                if (piece != null) {
                    judge(piece);
                }
            }
        });
        Thread thread = Thread.ofPlatform().daemon().name("ui-watch").unstarted(this::look);
        looker = thread;
        thread.start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        WatchedApplication.running().tell(null);
        Thread last = looker;
        looker = null;
        if (last != null) {
            last.join();
        }
        assertEquals("", String.join("\n", take()), "what held the UI thread");
    }

    /// What held the UI thread since the last call or the begin of the test.
    public List<String> take() {
        List<String> all = List.copyOf(found);
        found.clear();
        return all;
    }

    /// Sees when a pulse of this studio's window makes the skins of a workspace shown for the first time, or finds the
    /// styles of all nodes for another theme or language.
    void follow(Studio studio) {
        Set<String> shown = new HashSet<>();
        List<String> looks = new ArrayList<>();
        studio.scene().addPreLayoutPulseListener(() -> {
            List<String> now = studio.scene().getRoot().getStyleClass();
            Piece piece = running;
            if (piece != null && (shown.add(studio.currentWorkspace().id()) || !looks.equals(now))) {
                piece.allowedNanos = LIMIT_NANOS + STYLE_NANOS;
            }
            looks.clear();
            looks.addAll(now);
        });
    }

    /// Does on the UI thread what is the test's own, not the studio's: it isn't counted.
    public <T> T own(Callable<T> work) throws Exception {
        Piece piece = running;
        if (piece == null) {
            return work.call();
        }
        long start = threads.getCurrentThreadCpuTime();
        piece.isOwn = true;
        try {
            return work.call();
        } finally {
            piece.isOwn = false;
            piece.ownCpu += threads.getCurrentThreadCpuTime() - start;
        }
    }

    private void judge(Piece piece) {
        long nanos = threads.getCurrentThreadCpuTime() - piece.startCpu - piece.ownCpu;
        long loaded = classes.getTotalLoadedClassCount() - piece.startClasses;
        if (nanos > piece.allowedNanos + Math.min(FIRST_USE_NANOS, loaded * CLASS_NANOS)) {
            found.add("%d ms, %d classes loaded, %s".formatted(nanos / 1_000_000, loaded, piece.where()));
        }
    }

    private void look() {
        long before = System.nanoTime();
        while (Thread.currentThread().equals(looker)) {
            sleep();
            long now = System.nanoTime();
            Piece piece = running;
            if (piece != null && !piece.isOwn && now - piece.start > PERIOD_MILLIS * 1_000_000) {
                look(piece, Math.min(now - before, 2 * PERIOD_MILLIS * 1_000_000));
            }
            before = now;
        }
    }

    /// @param nanos since the last look, or less if that is long ago, because this thread came late
    private void look(Piece piece, long nanos) {
        State state = piece.thread.getState();
        List<StackTraceElement> stack = List.of(piece.thread.getStackTrace());
        if (running != piece || stack.isEmpty()) {
            return;
        }
        piece.seen.add(stack);
        if (isWaiting(state, stack)) {
            boolean wasShort = piece.waitedNanos <= LIMIT_NANOS;
            piece.waitedNanos += nanos;
            if (wasShort && piece.waitedNanos > LIMIT_NANOS) {
                found.add("waited, " + piece.where());
            }
        }
    }

    private static boolean isWaiting(State state, List<StackTraceElement> stack) {
        Optional<String> waiter = stack.stream()
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .findFirst();
        boolean isMachine = stack.stream().anyMatch(f -> startsWithOne(f.getClassName(), MACHINE))
                || waiter.filter(name -> startsWithOne(name, PAINTING)).isPresent();
        if (isMachine) {
            return false;
        }
        return WAITING.contains(state) || startsWithOne(stack.getFirst().getClassName(), NATIVE);
    }

    private static boolean startsWithOne(String name, List<String> starts) {
        return starts.stream().anyMatch(name::startsWith);
    }

    private static void sleep() {
        try {
            Thread.sleep(PERIOD_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
