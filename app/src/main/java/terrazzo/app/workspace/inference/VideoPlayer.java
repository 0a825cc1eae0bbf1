package terrazzo.app.workspace.inference;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import terrazzo.app.canvas.RasterPyramid;
import terrazzo.core.error.EngineException;
import terrazzo.core.image.Raster;
import terrazzo.inference.video.VideoFormat;
import terrazzo.inference.video.VideoSource;

/// Plays an open video on a thread of its own: plays at the video's speed, leaving out frames when the model is slower,
/// pauses, steps and jumps. Its methods return at once and may be called from any thread; what it shows is handed to a
/// listener on its own thread.
final class VideoPlayer implements AutoCloseable {

    private final VideoSource source;
    private final VideoFormat format;
    private final Function<Raster, @Nullable Result> work;
    private final Listener listener;
    private final Thread thread;
    private boolean playing;
    private boolean closed;
    private long wanted = 0;
    private int wish;
    private long next;

    /// One frame as it is shown.
    ///
    /// @param index from 0
    /// @param wish the last [#seek] that was met before it; 0 for none
    /// @param pyramid the frame
    /// @param result what the model found, null when it was not asked
    record Shot(
            long index,
            int wish,
            RasterPyramid pyramid,
            @Nullable Result result) {}

    /// Hears of the player, on the player's thread.
    ///
    /// @param shown a frame is there
    /// @param paused the end was reached
    /// @param failed reading or running failed; the player has ended
    record Listener(Consumer<Shot> shown, Runnable paused, Consumer<Throwable> failed) {}

    /// Shows the first frame and waits.
    ///
    /// @param source becomes the player's, which closes it
    /// @param work runs the model, or returns null
    VideoPlayer(VideoSource source, Function<Raster, @Nullable Result> work, Listener listener) {
        this.source = source;
        this.format = source.format();
        this.work = work;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("terrazzo-video").start(this::loop);
    }

    VideoFormat format() {
        return format;
    }

    synchronized void play() {
        playing = true;
        notifyAll();
    }

    synchronized void pause() {
        playing = false;
        notifyAll();
    }

    /// Shows a frame as soon as it can; of several wishes only the last is met.
    ///
    /// @return the number of the wish, from 1
    synchronized int seek(long frame) {
        wanted = Math.max(0, format.frames() < 0 ? frame : Math.min(frame, format.frames() - 1));
        wish++;
        notifyAll();
        return wish;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    /// Waits until the thread has ended and the file is let go.
    void join() throws InterruptedException {
        thread.join();
    }

    private void loop() {
        try (source) {
            run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (EngineException | IllegalStateException e) {
            listener.failed.accept(e);
        }
    }

    private void run() throws InterruptedException {
        long clockFrame = 0;
        long clockNanos = System.nanoTime();
        boolean wasPlaying = false;
        while (true) {
            long target;
            int met;
            boolean isPlaying;
            synchronized (this) {
                while (!closed && !playing && wanted < 0) {
                    wasPlaying = false;
                    wait();
                }
                if (closed) {
                    return;
                }
                target = wanted;
                wanted = -1;
                met = wish;
                isPlaying = playing;
            }
            if (target >= 0) {
                jump(target);
            }
            if (isPlaying && (!wasPlaying || target >= 0)) {
                clockFrame = next;
                clockNanos = System.nanoTime();
            } else if (isPlaying) {
                catchUp(clockFrame + (long) ((System.nanoTime() - clockNanos) * format.framesPerSecond() / 1e9));
                waitUntil(clockNanos + (long) ((next - clockFrame) * 1e9 / format.framesPerSecond()));
            }
            wasPlaying = isPlaying;
            if (!show(met)) {
                pause();
                listener.paused.run();
            }
        }
    }

    private void jump(long target) {
        if (target != next) {
            source.seek(target);
            next = target;
        }
    }

    /// Decodes frames that are late already without showing them; at most a second of them, so that something is seen.
    /// A camera is never late: its frames are read as they come.
    private void catchUp(long due) {
        long last = Math.min(due, next + (long) format.framesPerSecond());
        while (format.frames() > 0 && next < last && next < format.frames() - 1) {
            if (!source.skip()) {
                return;
            }
            next++;
        }
    }

    private synchronized void waitUntil(long nanos) throws InterruptedException {
        long millis = (nanos - System.nanoTime()) / 1_000_000;
        while (millis > 0 && !closed && playing && wanted < 0) {
            wait(millis);
            millis = (nanos - System.nanoTime()) / 1_000_000;
        }
    }

    private boolean show(int met) {
        byte[] bgr = new byte[Math.toIntExact(format.size().area() * 3)];
        if (!source.read(bgr)) {
            return false;
        }
        Raster frame = new Raster(format.size(), bgr);
        CompletableFuture<RasterPyramid> pyramid = CompletableFuture.supplyAsync(() -> RasterPyramid.of(frame));
        Result result = work.apply(frame); // meanwhile
        listener.shown.accept(new Shot(next, met, pyramid.join(), result));
        next++;
        return true;
    }
}
