package terrazzo.inference.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.inference.overlay.Overlay;

class VideoPipelineTest {

    private static final Size SIZE = new Size(32, 48);
    private static final int FRAMES = 12;

    /// Class i is a grey of 20 i.
    private static final Palette GREYS = new Palette(
            IntStream.range(0, FRAMES).mapToObj(i -> 20 * i * 0x010101).toList());

    @TempDir
    private Path dir;

    private Path input;
    private Path output;

    @BeforeEach
    void writeInput() {
        input = dir.resolve("in.mp4");
        output = dir.resolve("out.mp4");
        try (VideoSink sink = VideoSink.open(input, SIZE, 25)) {
            for (int i = 0; i < FRAMES; i++) {
                byte[] bgr = new byte[(int) SIZE.area() * 3];
                Arrays.fill(bgr, (byte) (20 * i));
                sink.write(bgr);
            }
            sink.finish();
        }
    }

    @Test
    void drawsEveryFrameInOrder() {
        List<Long> seen = new ArrayList<>();
        // The network turns the video round: what it saw as class i is drawn as class 11 - i.
        VideoReport report = run(frame -> filled(FRAMES - 1 - classOf(frame)), 0, (done, total, _) -> {
            assertEquals(FRAMES, total);
            seen.add(done);
        });

        assertEquals(LongStream.rangeClosed(1, FRAMES).boxed().toList(), seen);
        assertEquals(FRAMES, report.frames());
        assertEquals(FRAMES, report.decode().frames());
        assertEquals(FRAMES, report.infer().frames());
        assertEquals(FRAMES, report.blend().frames());
        assertTrue(report.aloneFramesPerSecond().isEmpty());
        try (VideoSource source = VideoSource.open(output)) {
            byte[] bgr = new byte[(int) SIZE.area() * 3];
            for (int i = 0; i < FRAMES; i++) {
                assertTrue(source.read(bgr));
                assertEquals(FRAMES - 1 - i, classOf(new Raster(SIZE, bgr)), "frame " + i);
            }
        }
    }

    /// The writer holds each frame until the network has begun the next one: stages that took turns would never end.
    @Test
    void writesAFrameWhileTheNetworkIsAtTheNext() {
        AtomicInteger begun = new AtomicInteger();
        VideoReport report = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> run(
                        frame -> {
                            begun.incrementAndGet();
                            return filled(classOf(frame));
                        },
                        0,
                        (done, total, _) -> {
                            while (begun.get() <= done && done < total) {
                                Thread.onSpinWait();
                            }
                        }));

        assertEquals(FRAMES, report.frames());
        assertTrue(report.toString().startsWith("12 frames in "), report.toString());
    }

    @Test
    void timesTheNetworkAloneWhenAsked() {
        VideoReport report = run(frame -> filled(classOf(frame)), 3, Progress.NONE);

        assertTrue(report.aloneFramesPerSecond().orElseThrow() > 0, report.toString());
        assertTrue(report.ratio() > 0, report.toString());
    }

    @Test
    void stopsAllWhenTheNetworkFails() {
        IllegalStateException failure = new IllegalStateException("out of ideas");
        AtomicInteger calls = new AtomicInteger();

        IllegalStateException thrown = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(
                        IllegalStateException.class,
                        () -> run(
                                frame -> {
                                    if (calls.incrementAndGet() == 6) {
                                        throw failure;
                                    }
                                    return filled(classOf(frame));
                                },
                                0,
                                Progress.NONE)));

        assertSame(failure, thrown);
        assertFalse(Files.exists(output));
    }

    @Test
    void stopsAllWhenALaterStageFails() {
        AtomicInteger calls = new AtomicInteger();
        // Labels of another size: drawing refuses them.
        IllegalArgumentException thrown = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(
                        IllegalArgumentException.class,
                        () -> run(
                                frame -> calls.incrementAndGet() < 3
                                        ? filled(0)
                                        : new LabelMap(new Size(1, 1), new byte[1]),
                                0,
                                Progress.NONE)));

        assertEquals("expected 3 bytes for 1x1, got 4608", thrown.getMessage());
        assertFalse(Files.exists(output));
        assertTrue(calls.get() < FRAMES);
    }

    @Test
    void leavesNoFileWhenCancelled() {
        Cancellation cancellation = new Cancellation();
        try (VideoSource source = VideoSource.open(input);
                VideoSink sink = VideoSink.open(output, SIZE, 25)) {
            VideoPipeline pipeline = new VideoPipeline(source, Overlay.of(GREYS, 1), sink);
            Progress afterThree = (done, _, _) -> {
                if (done == 3) {
                    cancellation.request();
                }
            };
            assertThrows(
                    CancellationException.class, () -> pipeline.run(frame -> slow(frame, 2), afterThree, cancellation));
        }

        assertFalse(Files.exists(output));
    }

    private VideoReport run(FrameLabeller network, int calibrations, Progress progress) {
        try (VideoSource source = VideoSource.open(input);
                VideoSink sink = VideoSink.open(
                        output, source.format().size(), source.format().framesPerSecond())) {
            return new VideoPipeline(source, Overlay.of(GREYS, 1), sink)
                    .run(network, calibrations, progress, new Cancellation());
        }
    }

    private static int classOf(Raster frame) {
        return Math.round((frame.asBgr()[SIZE.width() * 30] & 0xFF) / 20f);
    }

    private static LabelMap filled(int index) {
        byte[] labels = new byte[(int) SIZE.area()];
        Arrays.fill(labels, (byte) index);
        return new LabelMap(SIZE, labels);
    }

    private static LabelMap slow(Raster frame, int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return filled(classOf(frame));
    }
}
