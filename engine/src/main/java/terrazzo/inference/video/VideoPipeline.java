package terrazzo.inference.video;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.inference.overlay.Overlay;

/// Runs a network over a video: one thread decodes, the caller's thread infers, one thread blends and encodes, so that
/// a
/// network that takes longer than the others per frame is all one waits for. Frames keep their order. A stock of
/// [#BUFFERS] frames travels round; memory doesn't grow with the video. When a stage fails, all stop and the caller
/// gets
/// what that stage threw. For one run.
public final class VideoPipeline {

    /// One frame at each of decode, infer and write, and one waiting before each of the latter two.
    private static final int BUFFERS = 5;

    private static final int WARM_UPS = 2;

    private final VideoSource source;
    private final Overlay overlay;
    private final VideoSink sink;

    // The stock of frames travels through these three. Whoever took a frame from a queue owns its bytes until the next.
    private final FrameQueue<Raster> free = new FrameQueue<>();
    private final FrameQueue<Raster> decoded = new FrameQueue<>();
    private final FrameQueue<Labelled> labelled = new FrameQueue<>();

    private final Stopwatch decoding = new Stopwatch();
    private final Stopwatch inferring = new Stopwatch();
    private final Stopwatch blending = new Stopwatch();
    private final Stopwatch encoding = new Stopwatch();

    private record Labelled(Raster frame, LabelMap labels) {}

    /// @param source at its start; stays the caller's to close
    /// @param overlay how labels are drawn
    /// @param sink for frames of the source's size; finished when all went well, stays the caller's to close
    public VideoPipeline(VideoSource source, Overlay overlay, VideoSink sink) {
        this.source = source;
        this.overlay = overlay;
        this.sink = sink;
    }

    /// Runs to the end of the video.
    ///
    /// @param network called on this thread, frame by frame
    /// @param progress called from the thread that writes; the total is -1 for streams
    /// @param cancellation polled once per frame
    /// @throws CancellationException when asked to stop
    /// @throws terrazzo.core.error.MediaException when a frame can't be read or written
    public VideoReport run(FrameLabeller network, Progress progress, Cancellation cancellation) {
        return run(network, 0, progress, cancellation);
    }

    /// Times the network alone on the first frame before the run, so that the report's ratio says what decoding,
    /// drawing
    /// and encoding cost.
    ///
    /// @param calibrations number of timed calls, after two that only warm up; 0 for none
    public VideoReport run(FrameLabeller network, int calibrations, Progress progress, Cancellation cancellation) {
        Size size = source.format().size();
        for (int i = 0; i < BUFFERS; i++) {
            free.put(new Raster(size, new byte[(int) size.area() * 3]));
        }
        boolean more = decodeOne();
        OptionalDouble alone = more ? calibrate(network, calibrations, cancellation) : OptionalDouble.empty();
        long started = System.nanoTime();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("video-", 0).daemon().factory())) {
            Future<?> decoder = threads.submit(() -> guarded(this::decodeAll));
            Future<?> writer = threads.submit(() -> guarded(() -> writeAll(progress)));
            guarded(() -> inferAll(network, cancellation));
            join(decoder);
            join(writer);
        }
        return new VideoReport(
                encoding.toStage().frames(),
                (System.nanoTime() - started) / 1e9,
                decoding.toStage(),
                inferring.toStage(),
                blending.toStage(),
                encoding.toStage(),
                alone);
    }

    private OptionalDouble calibrate(FrameLabeller network, int calibrations, Cancellation cancellation) {
        Raster first = decoded.take();
        if (first == null) {
            return OptionalDouble.empty();
        }
        double[] nanos = new double[calibrations];
        for (int i = calibrations == 0 ? 0 : -WARM_UPS; i < calibrations; i++) {
            cancellation.check();
            long started = System.nanoTime();
            network.label(first);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - started;
            }
        }
        decoded.put(first); // the only one there
        return calibrations == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(1e9 / Arrays.stream(nanos).average().orElseThrow());
    }

    private void decodeAll() {
        while (decodeOne()) {
            // until the source ends
        }
        decoded.end();
    }

    private boolean decodeOne() {
        Raster frame = free.take();
        if (frame == null) {
            return false;
        }
        long started = Stopwatch.start();
        if (!source.read(frame.asBgr())) {
            decoding.stopWithoutFrame(started);
            return false;
        }
        decoding.stop(started);
        decoded.put(frame);
        return true;
    }

    private void inferAll(FrameLabeller network, Cancellation cancellation) {
        @Nullable Raster frame;
        while ((frame = decoded.take()) != null) {
            cancellation.check();
            long started = Stopwatch.start();
            LabelMap labels = network.label(frame);
            inferring.stop(started);
            labelled.put(new Labelled(frame, labels));
        }
        labelled.end();
    }

    private void writeAll(Progress progress) {
        long written = 0;
        @Nullable Labelled next;
        while ((next = labelled.take()) != null) {
            long started = Stopwatch.start();
            overlay.drawOnto(next.frame.asBgr(), next.labels);
            blending.stop(started);
            started = Stopwatch.start();
            sink.write(next.frame.asBgr());
            encoding.stop(started);
            free.put(next.frame);
            progress.at(++written, source.format().frames(), "");
        }
        if (!labelled.isAborted()) {
            long started = Stopwatch.start();
            sink.finish();
            encoding.stopWithoutFrame(started);
        }
    }

    /// Runs a stage; when it ends by an exception, of whatever kind, the others are sent home.
    private void guarded(Runnable stage) {
        boolean done = false;
        try {
            stage.run();
            done = true;
        } finally {
            if (!done) {
                free.abort();
                decoded.abort();
                labelled.abort();
            }
        }
    }

    private static void join(Future<?> stage) {
        try {
            stage.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a stage of the video pipeline failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }
}
