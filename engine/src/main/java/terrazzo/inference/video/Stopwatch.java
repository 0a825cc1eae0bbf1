package terrazzo.inference.video;

/// Adds up the time one stage works. Written by one thread, read after it ended.
final class Stopwatch {

    private long nanos;
    private long frames;

    /// Starts a turn: pass the result to [#stop].
    static long start() {
        return System.nanoTime();
    }

    void stop(long started) {
        nanos += System.nanoTime() - started;
        frames++;
    }

    /// Adds time that belongs to no frame of its own.
    void stopWithoutFrame(long started) {
        nanos += System.nanoTime() - started;
    }

    VideoReport.Stage toStage() {
        return new VideoReport.Stage(frames, nanos / 1e9);
    }
}
