package terrazzo.app.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

class CompositorTest {

    private static final Size IMAGE = new Size(600, 700);
    private static final Size SCREEN = new Size(120, 160);
    private static final Raster RASTER = noise(IMAGE, 1);
    private static final LabelMap LABELS = stripes(IMAGE);
    private static final byte[] CONFIDENCE = ramp(IMAGE);
    private static final List<Integer> COLOURS = List.of(0x804080, 0xF423E8, 0x464646, 0x66669C, 0xBE9999);

    private final RasterPyramid pyramid = RasterPyramid.of(RASTER);
    private final ImageLayer image = new ImageLayer(TileCache.of(pyramid));
    private final LabelPyramid map = new LabelPyramid(LABELS, CONFIDENCE);

    private static int[] compose(Grid grid, Layer... layers) {
        int[] pixels = new int[grid.width() * grid.height()];
        Arrays.fill(pixels, 0x12345678);
        new Compositor(List.of(layers)).compose(grid, pixels, Compositor.Area.all(grid));
        return pixels;
    }

    private static Grid grid(double zoom, double originX, double originY) {
        return Grid.quick(new Viewport.Transform(zoom, originX, originY), IMAGE, SCREEN);
    }

    @Nested
    class Images {

        @Test
        void showsPixelForPixelAtFullSize() {
            int[] frame = compose(grid(1, 200, 300), image);
            for (int y = 0; y < SCREEN.height(); y++) {
                for (int x = 0; x < SCREEN.width(); x++) {
                    assertEquals(RASTER.argb(200 + x, 300 + y), frame[y * SCREEN.width() + x]);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(doubles = {2, 3, 5.5, 7.9})
        void showsCrispSquaresWhenEnlarged(double zoom) {
            int[] frame = compose(grid(zoom, 250.25, 250.5), image);
            for (int y = 0; y < SCREEN.height(); y++) {
                for (int x = 0; x < SCREEN.width(); x++) {
                    int column = (int) Math.floor(250.25 + (x + 0.5) / zoom);
                    int row = (int) Math.floor(250.5 + (y + 0.5) / zoom);
                    assertEquals(RASTER.argb(column, row), frame[y * SCREEN.width() + x]);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(doubles = {0.5, 0.3, 0.25})
        void readsTheHalfSizeLevelThatFits(double zoom) {
            int level = zoom == 0.25 ? 2 : 1;
            int[] frame = compose(grid(zoom, 0, 0), image);
            for (int x = 0; x < SCREEN.width(); x++) {
                int column = (int) Math.floor((x + 0.5) / zoom);
                int row = (int) Math.floor(10.5 / zoom);
                int expected = pyramid.level(level).argb(column >> level, row >> level);
                assertEquals(expected, frame[10 * SCREEN.width() + x]);
            }
        }

        @Test
        void leavesWhatLiesOutsideTransparent() {
            int[] frame = compose(grid(1, -10, -20), image);
            assertEquals(0, frame[20 * SCREEN.width() + 9]);
            assertEquals(0, frame[19 * SCREEN.width() + 10]);
            assertEquals(RASTER.argb(0, 0), frame[20 * SCREEN.width() + 10]);
        }

        @Test
        void fillsWhatLiesOutsideWithOneColour() {
            Grid grid = grid(1, -10, -20);
            int[] pixels = new int[grid.width() * grid.height()];
            new Compositor(List.of(image), 0xFFE8EAED).compose(grid, pixels, Compositor.Area.all(grid));
            assertEquals(0xFFE8EAED, pixels[20 * SCREEN.width() + 9]);
            assertEquals(0xFFE8EAED, pixels[19 * SCREEN.width() + 10]);
            assertEquals(RASTER.argb(0, 0), pixels[20 * SCREEN.width() + 10]);
        }

        @Test
        void interpolatesOnFineFramesOfSmallerImages() {
            // At zoom 3/4 screen column 1 lies at image x = 2, between columns 1 and 2, half way.
            Grid fine = Grid.fine(new Viewport.Transform(0.75, 0, 0), IMAGE, SCREEN);
            int[] frame = compose(fine, image);
            int left = ImageLayer.mix(RASTER.argb(1, 1), RASTER.argb(1, 2), 128);
            int right = ImageLayer.mix(RASTER.argb(2, 1), RASTER.argb(2, 2), 128);
            assertEquals(0xFF000000 | ImageLayer.mix(left, right, 128), frame[SCREEN.width() + 1]);
        }

        @Test
        void aCoarserTileStandsInForOneStillOnItsWay() {
            Deque<Runnable> waiting = new ArrayDeque<>();
            TileCache cache = new TileCache(new PyramidTest.Slow(pyramid), waiting::add, 1 << 24);
            ImageLayer layer = new ImageLayer(cache);
            assertEquals(0xFF808080, compose(grid(1, 0, 0), layer)[0]);
            waiting.clear();
            cache.get(1, 0, 0);
            waiting.remove().run();
            assertEquals(pyramid.level(1).argb(5, 3), compose(grid(1, 0, 0), layer)[6 * SCREEN.width() + 10]);
        }
    }

    @Nested
    class Labels {

        @ParameterizedTest
        @ValueSource(doubles = {0, 0.25, 0.5, 0.7, 1})
        void blendsExactly(double opacity) {
            LabelStyle style = LabelStyle.of(COLOURS).withOpacity(opacity);
            int[] frame = compose(grid(1, 100, 100), image, new LabelLayer(map, style));
            int alpha = (int) Math.round(opacity * 256);
            for (int i = 0; i < frame.length; i++) {
                int x = 100 + i % SCREEN.width();
                int y = 100 + i / SCREEN.width();
                assertEquals(blend(RASTER.argb(x, y), COLOURS.get(LABELS.at(x, y)), alpha), frame[i]);
            }
        }

        @Test
        void hiddenClassesAndIndicesWithoutColourShowTheImage() {
            LabelStyle style = LabelStyle.of(COLOURS.subList(0, 4)).withVisible(1, false);
            int[] frame = compose(grid(1, 0, 0), image, new LabelLayer(map, style));
            for (int x = 0; x < SCREEN.width(); x++) {
                int label = LABELS.at(x, 0);
                int below = RASTER.argb(x, 0);
                int expected = label == 1 || label == 4 ? below : blend(below, COLOURS.get(label), 128);
                assertEquals(expected, frame[x]);
            }
        }

        @Test
        void unsurePixelsCountAsUnlabelled() {
            LabelStyle style = LabelStyle.of(COLOURS).withMinConfidence(0.5);
            int[] frame = compose(grid(1, 0, 0), image, new LabelLayer(map, style));
            for (int x = 0; x < SCREEN.width(); x++) {
                int below = RASTER.argb(x, 0);
                boolean isSure = (CONFIDENCE[x] & 0xFF) >= 128; // 0.5 * 255, rounded up
                assertEquals(isSure ? blend(below, COLOURS.get(LABELS.at(x, 0)), 128) : below, frame[x]);
            }
        }

        @Test
        void colourChangesAtOnce() {
            LabelLayer layer = new LabelLayer(map, LabelStyle.of(COLOURS).withOpacity(1));
            assertEquals(0xFF804080, compose(grid(1, 0, 0), image, layer)[0]);
            layer.setStyle(LabelStyle.of(COLOURS).withOpacity(1).withColour(0, 0x00FF00));
            assertEquals(0xFF00FF00, compose(grid(1, 0, 0), image, layer)[0]);
        }

        @Test
        void outlinesRunAlongTheBorder() {
            LabelStyle style = LabelStyle.of(COLOURS).withOpacity(0).withOutlines(true);
            int[] frame = compose(grid(4, 0, 0), image, new LabelLayer(map, style));
            // Stripes are 7 pixels wide: the second begins at screen column 28.
            assertEquals(RASTER.argb(6, 0), frame[27]);
            assertEquals(0xFF000000 | COLOURS.get(1), frame[28]);
            assertEquals(RASTER.argb(7, 0), frame[29]);
        }
    }

    @Nested
    class Frames {

        @Test
        void repaintsOnlyTheDirtyPart() {
            Grid grid = grid(2, 30, 30);
            LabelLayer labels = new LabelLayer(map, LabelStyle.of(COLOURS));
            int[] frame = compose(grid, image, labels);
            int[] before = frame.clone();
            labels.setStyle(LabelStyle.of(COLOURS).withOpacity(1));
            new Compositor(List.of(image, labels)).compose(grid, frame, new Compositor.Area(10, 20, 30, 25));
            for (int i = 0; i < frame.length; i++) {
                int x = i % SCREEN.width();
                int y = i / SCREEN.width();
                if (x < 10 || x >= 30 || y < 20 || y >= 25) {
                    assertEquals(before[i], frame[i]);
                } else {
                    assertEquals(0xFF000000 | COLOURS.get(LABELS.at(30 + x / 2, 30 + y / 2)), frame[i]);
                }
            }
        }

        @Test
        void aStyleThatChangesOnARestingViewPaintsWhatANewFrameWould() {
            Grid fine = Grid.fine(new Viewport.Transform(0.7, 5, 6), IMAGE, SCREEN);
            LabelLayer labels = new LabelLayer(map, LabelStyle.of(COLOURS));
            Compositor compositor = new Compositor(List.of(image, labels));
            int[] frame = new int[SCREEN.width() * SCREEN.height()];
            for (int i = 0; i < 5; i++) {
                labels.setStyle(LabelStyle.of(COLOURS).withOpacity(i / 5.0));
                compositor.compose(fine, frame, Compositor.Area.all(fine));
                assertArrayEquals(compose(fine, image, labels), frame);
            }
            Grid moved = Grid.fine(new Viewport.Transform(0.7, 9, 6), IMAGE, SCREEN);
            compositor.compose(moved, frame, Compositor.Area.all(moved));
            assertArrayEquals(compose(moved, image, labels), frame);
        }

        @Test
        void aTileThatComesReplacesWhatWasKeptOfTheImage() {
            Deque<Runnable> waiting = new ArrayDeque<>();
            TileCache cache = new TileCache(new PyramidTest.Slow(pyramid), waiting::add, 1 << 24);
            Grid fine = Grid.fine(new Viewport.Transform(0.7, 5, 6), IMAGE, SCREEN);
            Compositor compositor = new Compositor(List.of(new ImageLayer(cache)));
            int[] frame = new int[SCREEN.width() * SCREEN.height()];
            for (int i = 0; i < 3; i++) {
                compositor.compose(fine, frame, Compositor.Area.all(fine));
            }
            List.copyOf(waiting).forEach(Runnable::run);
            compositor.refresh();
            compositor.compose(fine, frame, Compositor.Area.all(fine));
            assertArrayEquals(compose(fine, image), frame);
        }

        @Test
        void severalThreadsPaintTheSameAsOne() {
            Size wide = new Size(700, 900);
            var transform = new Viewport.Transform(1.7, 3.3, 4.4);
            Grid grid = Grid.quick(transform, IMAGE, wide);
            LabelLayer labels = new LabelLayer(map, LabelStyle.of(COLOURS).withOutlines(true));
            int[] whole = compose(grid, image, labels);
            int[] parts = new int[whole.length];
            for (int y = 0; y < 700; y += 50) {
                new Compositor(List.of(image, labels)).compose(grid, parts, new Compositor.Area(0, y, 900, y + 50));
            }
            assertArrayEquals(parts, whole);
        }

        @Test
        void pixelGridAppearsAtEightTimes() {
            int[] below = compose(grid(7.99, 50, 50), image);
            assertEquals(RASTER.argb(50, 50), below[0]);
            int[] frame = compose(grid(8, 50, 50), image);
            int line = 0xFF000000 | ImageLayer.mix(RASTER.argb(51, 50), 0x808080, 90);
            assertEquals(line, frame[3 * SCREEN.width() + 8]);
            assertEquals(RASTER.argb(51, 50), frame[3 * SCREEN.width() + 9]);
            assertNotEquals(RASTER.argb(51, 51), frame[8 * SCREEN.width() + 9]);
            assertEquals(RASTER.argb(51, 51), frame[9 * SCREEN.width() + 9]);
        }

        @Test
        void twentyThousandSquareNeedsOnlyTheTilesInSight() {
            TileCache cache = TileCache.of(new Endless(new Size(20_000, 20_000)));
            Grid grid = Grid.quick(new Viewport.Transform(0.05, 0, 0), new Size(20_000, 20_000), new Size(1000, 1000));
            int[] frame = compose(grid, new ImageLayer(cache));
            assertEquals(25, cache.size()); // level 4 is 1250 wide: 5 x 5 tiles
            assertEquals(0xFF040000, frame[0]);
        }
    }

    /// An image of any size whose pixels tell level and tile.
    private record Endless(Size size) implements TileSource {

        @Override
        public int levels() {
            return TileSource.levelsOf(size);
        }

        @Override
        public boolean isResident() {
            return true;
        }

        @Override
        public void read(int level, int tileX, int tileY, int[] into) {
            Arrays.fill(into, 0xFF000000 | level << 16 | tileY << 8 | tileX);
        }
    }

    private static int blend(int below, int colour, int alpha) {
        int out = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int b = below >> shift & 0xFF;
            int c = colour >> shift & 0xFF;
            out = out << 8 | (b * (256 - alpha) + c * alpha) >> 8;
        }
        return out;
    }

    private static Raster noise(Size size, int seed) {
        byte[] bgr = new byte[Math.toIntExact(size.area() * 3)];
        new Random(seed).nextBytes(bgr);
        return new Raster(size, bgr);
    }

    private static LabelMap stripes(Size size) {
        byte[] labels = new byte[Math.toIntExact(size.area())];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % size.width() / 7 % 5);
        }
        return new LabelMap(size, labels);
    }

    private static byte[] ramp(Size size) {
        byte[] confidence = new byte[Math.toIntExact(size.area())];
        for (int i = 0; i < confidence.length; i++) {
            confidence[i] = (byte) (i % size.width() * 255 / size.width() * 3);
        }
        return confidence;
    }
}
