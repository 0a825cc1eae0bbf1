package terrazzo.app.canvas;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

/// Measures what the UI thread spends per frame: pan and zoom over 8192x8192 in a window of 1600x1000, and an opacity
/// drag over 2048x1024. The targets are a median of 8 ms and a 95th percentile of 16 ms.
final class CanvasBenchmark {

    private static final Logger log = LoggerFactory.getLogger(CanvasBenchmark.class);
    private static final int FRAMES = 400;

    private CanvasBenchmark() {}

    public static void main(String[] args) {
        panAndZoom();
        opacityDrag();
    }

    private static void panAndZoom() {
        Size size = new Size(8192, 8192);
        Viewport viewport = new Viewport();
        viewport.resize(1600, 1000);
        viewport.show(size);
        Frames frames = new Frames(size, new Size(1000, 1600));
        measure(
                "pan at 100 %",
                i -> {
                    if (i == 0) {
                        viewport.actualSize();
                        viewport.centreOn(1000, 1000);
                    }
                    viewport.panBy(-11, -7);
                    frames.compose(viewport);
                });
        measure("zoom between fit and 8x", i -> {
            viewport.zoomAt(700, 600, i % 100 < 50 ? 1.09 : 1 / 1.09);
            frames.compose(viewport);
        });
        measure("pan at fit", i -> {
            if (i == 0) {
                viewport.fit();
                viewport.zoomAt(800, 500, 2);
            }
            viewport.panBy(i % 40 < 20 ? 9 : -9, 3);
            frames.compose(viewport);
        });
    }

    private static void opacityDrag() {
        Size size = new Size(1024, 2048);
        Viewport viewport = new Viewport();
        viewport.resize(1600, 1000);
        viewport.show(size);
        Frames frames = new Frames(size, new Size(1000, 1600));
        measure("opacity drag, 2048x1024 fitted", i -> {
            frames.labels.setStyle(frames.style.withOpacity(i % 100 / 100.0));
            frames.compose(viewport);
        });
    }

    private static void measure(String name, IntConsumer frame) {
        IntStream.range(0, FRAMES).forEach(frame);
        double[] millis = IntStream.range(0, FRAMES)
                .mapToDouble(i -> {
                    long start = System.nanoTime();
                    frame.accept(i);
                    return (System.nanoTime() - start) / 1e6;
                })
                .toArray();
        Arrays.sort(millis);
        String figures = IntStream.of(50, 95, 99)
                .mapToObj(p -> "p%d %.1f ms".formatted(p, millis[(FRAMES - 1) * p / 100]))
                .collect(joining(", "));
        log.info("{}: {}", name, figures);
    }

    private static final class Frames {

        private final Size image;
        private final Size screen;
        private final LabelStyle style;
        private final LabelLayer labels;
        private final Compositor compositor;
        private final int[] pixels;

        Frames(Size image, Size screen) {
            this.image = image;
            this.screen = screen;
            byte[] bgr = new byte[Math.toIntExact(image.area() * 3)];
            byte[] map = new byte[Math.toIntExact(image.area())];
            for (int i = 0; i < map.length; i++) {
                int x = i % image.width();
                int y = i / image.width();
                bgr[3 * i] = (byte) (x ^ y);
                bgr[3 * i + 1] = (byte) (x + y);
                map[i] = (byte) ((x / 97 + y / 61) % 19);
            }
            List<Integer> colours =
                    IntStream.range(0, 19).map(i -> i * 0x0D1B2F).boxed().toList();
            this.style = LabelStyle.of(colours);
            this.labels = new LabelLayer(new LabelPyramid(new LabelMap(image, map), null), style);
            ImageLayer layer = new ImageLayer(TileCache.of(RasterPyramid.of(new Raster(image, bgr))));
            this.compositor = new Compositor(List.of(layer, labels));
            this.pixels = new int[Math.toIntExact(screen.area())];
        }

        void compose(Viewport viewport) {
            Grid grid = Grid.quick(viewport.transform(), image, screen);
            compositor.compose(grid, pixels, Compositor.Area.all(grid));
        }
    }
}
