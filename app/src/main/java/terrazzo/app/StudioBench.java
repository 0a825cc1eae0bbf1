package terrazzo.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.event.Event;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.segment.ModelRequest;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.segment.SegmentationService;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.PngRows;
import terrazzo.inference.video.VideoSink;

/// The measures. Each opens a studio of its own, and says one line per figure.
final class StudioBench {

    private static final Size WINDOW = new Size(900, 1440);

    /// What frames are measured with, without the panels around it.
    private static final Size CANVAS = new Size(1000, 1600);

    private static final int LAYOUT_MILLIS = 100;
    private static final int FRAMES = 300;
    private static final int FILES = 10_000;
    private static final List<Integer> SWEEPS = List.of(1, 4, 8, 16);
    private static final int THUMBNAILS_MILLIS = 10;
    private static final Size VIDEO = new Size(720, 1280);
    private static final double VIDEO_RATE = 30;
    private static final int VIDEO_SECONDS = 12;
    private static final int ALONE_SECONDS = 5;

    private final BiFunction<Stage, SegmentationService, Studio> studios;
    private final Path folder;
    private final Consumer<String> say;

    /// @param studios opens a studio of fresh settings with a model service
    /// @param folder for images and videos, which are made here
    /// @param say hears the figures
    StudioBench(BiFunction<Stage, SegmentationService, Studio> studios, Path folder, Consumer<String> say) {
        this.studios = studios;
        this.folder = folder;
        this.say = say;
    }

    OpenStudio open(SegmentationService models) throws InterruptedException, ExecutionException {
        return OpenStudio.open(stage -> studios.apply(stage, models), WINDOW);
    }

    /// The canvas, with the window made so large that it has the size measured.
    private static SegCanvas canvas(OpenStudio open) throws InterruptedException, ExecutionException {
        SegCanvas canvas = open.find(SegCanvas.class, ".seg-canvas");
        while (!OpenStudio.ui(() -> hasSize(canvas))) {
            TimeUnit.MILLISECONDS.sleep(LAYOUT_MILLIS);
        }
        return canvas;
    }

    private static boolean hasSize(SegCanvas canvas) {
        double missingWidth = CANVAS.width() - canvas.getWidth();
        double missingHeight = CANVAS.height() - canvas.getHeight();
        Window window = canvas.getScene().getWindow();
        window.setWidth(window.getWidth() + missingWidth);
        window.setHeight(window.getHeight() + missingHeight);
        return missingWidth == 0 && missingHeight == 0 && canvas.frameWidth() == CANVAS.width();
    }

    private static void show(OpenStudio open, Path file) throws InterruptedException, ExecutionException {
        OpenStudio.ui(() -> open.studio().currentWorkspace().open(List.of(file)));
        open.settle();
    }

    private void say(String what, Object figures) {
        say.accept(String.format(Locale.ROOT, "%-52s %s", what, figures));
    }

    /// Pan and zoom over 8192x8192 with a label map.
    void panAndZoom() throws IOException, InterruptedException, ExecutionException {
        Path file = image("large.png", new Size(8192, 8192));
        try (OpenStudio open = open(new Bands())) {
            show(open, file);
            SegCanvas canvas = canvas(open);
            String where = (int) canvas.getWidth() + "x" + (int) canvas.getHeight();
            OpenStudio.ui(() -> {
                canvas.viewport().actualSize();
                canvas.viewport().centreOn(1500, 1500);
                return true;
            });
            say(
                    "8192x8192 in " + where + ", pan at 100 %",
                    frames(canvas, _ -> canvas.viewport().panBy(-11, -7)));
            OpenStudio.ui(() -> {
                canvas.viewport().fit();
                return true;
            });
            say(
                    "8192x8192 in " + where + ", zoom from fit to 8x and back",
                    frames(canvas, i -> canvas.viewport().zoomAt(700, 600, i % 120 < 60 ? 1.08 : 1 / 1.08)));
            OpenStudio.ui(() -> {
                canvas.viewport().fit();
                canvas.viewport().zoomAt(800, 500, 2);
                return true;
            });
            say(
                    "8192x8192 in " + where + ", pan at twice the fit",
                    frames(canvas, i -> canvas.viewport().panBy(i % 80 < 40 ? 9 : -9, i % 40 < 20 ? 3 : -3)));
        }
    }

    /// Whole frames, and what composing took of each on the UI thread.
    private static String frames(SegCanvas canvas, IntConsumer step) throws InterruptedException, ExecutionException {
        LongSummaryStatistics composed = new LongSummaryStatistics();
        FrameMeter.Figures figures = FrameMeter.measure(FRAMES, i -> {
            composed.accept(canvas.composeNanos());
            step.accept(i);
        });
        return String.format(Locale.ROOT, "%s, composed in %.1f ms", figures, composed.getAverage() / 1e6);
    }

    /// What acts without running the model again, on 2048x1024: opacity, confidence, solo, hover.
    void sliders() throws IOException, InterruptedException, ExecutionException {
        Path file = image("street.png", new Size(1024, 2048));
        try (OpenStudio open = open(new Bands())) {
            show(open, file);
            SegCanvas canvas = canvas(open);
            Slider opacity = open.find(Slider.class, "#opacity");
            say("2048x1024, opacity drag", frames(canvas, i -> opacity.setValue(i % 100 / 100.0)));
            OpenStudio.ui(() -> {
                opacity.setValue(0.5);
                return true;
            });
            Slider confidence = open.find(Slider.class, "#confidence");
            say("2048x1024, confidence drag", frames(canvas, i -> confidence.setValue(i % 100 / 100.0)));
            OpenStudio.ui(() -> {
                confidence.setValue(0);
                return true;
            });
            ToggleButton solo = open.find(ToggleButton.class, ".solo");
            say("2048x1024, one class alone and back", frames(canvas, _ -> solo.fire()));
            say(
                    "2048x1024, hover",
                    FrameMeter.measure(
                            FRAMES,
                            i -> OpenStudio.point(MouseEvent.MOUSE_MOVED, canvas, 200 + i * 3 % 1200, 200 + i % 500)));
        }
    }

    /// A video of 1280x720 with the bundled model: frames shown per second, against the model alone in the
    /// same run.
    void video(SegmentationService engine) throws IOException, InterruptedException, ExecutionException {
        Path file = clip();
        double alone = alone(engine);
        try (OpenStudio open = open(engine)) {
            show(open, file);
            TimeUnit.SECONDS.sleep(1); // the first frame's result
            Slider position = open.find(Slider.class, "#video-position");
            AtomicInteger shown = new AtomicInteger();
            OpenStudio.ui(() -> {
                position.valueProperty().addListener(_ -> shown.incrementAndGet());
                Event.fireEvent(
                        open.studio().scene().getRoot(),
                        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.SPACE, false, false, false, false));
                return true;
            });
            TimeUnit.SECONDS.sleep(2);
            int begun = shown.get();
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(VIDEO_SECONDS - 4L);
            double rate = (shown.get() - begun) / ((System.nanoTime() - start) / 1e9);
            double possible = Math.min(alone, VIDEO_RATE);
            say(
                    "1280x720 video at " + (int) VIDEO_RATE + " frames/s",
                    String.format(
                            Locale.ROOT,
                            "%.1f shown/s; model alone %.1f/s; %.2f of what is possible",
                            rate,
                            alone,
                            rate / possible));
        }
    }

    private static double alone(SegmentationService engine) {
        ModelSource source = engine.catalogue().getFirst();
        ModelRequest request = new ModelRequest(
                source, engine.devices().getFirst(), engine.precisions().getFirst());
        try (SegmentationModel model = engine.open(request, Progress.NONE, new Cancellation())) {
            Raster frame = new Raster(VIDEO, frame(0));
            for (int i = 0; i < 5; i++) {
                model.run(frame, new Cancellation());
            }
            int runs = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < ALONE_SECONDS * 1_000_000_000L) {
                model.run(frame, new Cancellation());
                runs++;
            }
            return runs / ((System.nanoTime() - start) / 1e9);
        }
    }

    /// A folder of 10,000 images: until the first is shown, the longest time without an answer, and memory
    /// while the filmstrip goes over all of them.
    void folder() throws IOException, InterruptedException, ExecutionException {
        Path images = tenThousand();
        try (OpenStudio open = open(new Bands())) {
            long start = System.nanoTime();
            OpenStudio.ui(() -> open.studio().currentWorkspace().open(List.of(images)));
            double opened = (System.nanoTime() - start) / 1e6;
            long worst = 0;
            boolean settled = false;
            while (!settled) {
                long asked = System.nanoTime();
                settled = OpenStudio.ui(
                        () -> open.studio().currentWorkspace().settled().get());
                worst = Math.max(worst, System.nanoTime() - asked);
                TimeUnit.MILLISECONDS.sleep(2);
            }
            say(
                    "folder of 10,000 images",
                    String.format(
                            Locale.ROOT,
                            "window usable after %.0f ms, first image shown after %.2f s, longest wait for the window"
                                    + " meanwhile %.0f ms",
                            opened,
                            (System.nanoTime() - start) / 1e9,
                            worst / 1e6));
            ListView<?> strip = open.find(ListView.class, "#filmstrip");
            int step = FILES / 100;
            say(
                    "folder of 10,000 images, scroll from end to end",
                    FrameMeter.measure(FRAMES, i -> strip.scrollTo(i % 100 * step)));
            open.settle();
            long before = reachable();
            StringBuilder growth = new StringBuilder();
            int sweeps = 0;
            for (int target : SWEEPS) {
                for (; sweeps < target; sweeps++) {
                    sweep(strip, step);
                }
                open.settle();
                growth.append(String.format(Locale.ROOT, " %+.1f MB after %d", (reachable() - before) / 1e6, target));
            }
            say("folder of 10,000 images, memory by further sweeps", growth.substring(1));
        }
    }

    /// From the first image to the last; each place rests until some thumbnails have come.
    private static void sweep(ListView<?> strip, int step) throws InterruptedException, ExecutionException {
        for (int i = 0; i < 100; i++) {
            int first = i * step;
            OpenStudio.ui(() -> {
                strip.scrollTo(first);
                return true;
            });
            TimeUnit.MILLISECONDS.sleep(THUMBNAILS_MILLIS);
        }
    }

    private static long reachable() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private Path image(String name, Size size) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                PngRows rows = PngRows.colour(out, size)) {
            byte[] row = new byte[size.width() * 3];
            for (int y = 0; y < size.height(); y++) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (byte) (i / 3 / 8 + y / 8 * (1 + i % 3));
                }
                rows.row(row, 0);
            }
        }
        return file;
    }

    private Path tenThousand() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Path first = images.resolve("image00000.jpg");
        ImageFile.save(first, new Raster(VIDEO, frame(40)));
        for (int i = 1; i < FILES; i++) {
            Files.copy(first, images.resolve(String.format(Locale.ROOT, "image%05d.jpg", i)));
        }
        return images;
    }

    private Path clip() {
        Path file = folder.resolve("clip.mp4");
        try (VideoSink sink = VideoSink.open(file, VIDEO, VIDEO_RATE)) {
            for (int i = 0; i < VIDEO_RATE * VIDEO_SECONDS; i++) {
                sink.write(frame(i));
            }
            sink.finish();
        }
        return file;
    }

    private static byte[] frame(int number) {
        byte[] bgr = new byte[Math.toIntExact(VIDEO.area() * 3)];
        for (int y = 0; y < VIDEO.height(); y++) {
            for (int x = 0; x < VIDEO.width(); x++) {
                int at = (y * VIDEO.width() + x) * 3;
                bgr[at] = (byte) (x / 4 + number);
                bgr[at + 1] = (byte) (y / 3);
                bgr[at + 2] = (byte) ((x + 4 * number) / 64 % 2 * 120 + y / 8);
            }
        }
        return bgr;
    }
}
