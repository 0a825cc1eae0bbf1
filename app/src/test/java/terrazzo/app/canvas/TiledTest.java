package terrazzo.app.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;

/// An image and its labels on disk look as they do in memory, and only so much of them is in memory at a
/// time.
final class TiledTest {

    private static final Size IMAGE = new Size(1300, 1700);
    private static final Size SCREEN = new Size(400, 600);
    private static final long TILE_BYTES = 4L * TileSource.TILE * TileSource.TILE;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(doubles = {0.125, 0.2, 0.25, 0.5, 0.8, 1, 2, 7.9, 8, 64})
    void looksAsItDoesInMemory(double zoom) {
        byte[] bgr = noise(IMAGE.area() * 3, 1);
        LabelMap labels = new LabelMap(IMAGE, blocks());
        byte[] confidence = noise(IMAGE.area(), 2);
        LabelStyle style = LabelStyle.of(List.of(0xFF0000, 0x00FF00, 0x0000FF, 0x808000))
                .withOutlines(true)
                .withMinConfidence(0.3);
        Viewport viewport = new Viewport();
        viewport.resize(SCREEN.width(), SCREEN.height());
        viewport.show(IMAGE);
        viewport.zoomTo(zoom);
        viewport.centreOn(700, 600);
        Grid grid = Grid.fine(viewport.transform(), IMAGE, SCREEN);
        int[] expected = frame(
                grid,
                TileCache.of(RasterPyramid.of(new Raster(IMAGE, bgr))),
                new LabelLayer(new LabelPyramid(labels, confidence), style));
        try (ImageTiles image = new ImageTiles(folder, IMAGE);
                LabelTiles map = new LabelTiles(folder, IMAGE)) {
            fill(image, bgr);
            map.write(0, 0, labels, new LabelMap(IMAGE, confidence));
            TileCache cache = new TileCache(DiskTiles.of(image), Runnable::run, 1L << 30);
            LabelLayer layer = new LabelLayer(new TiledLabels(map, Runnable::run, 1L << 30), style);
            frame(grid, cache, layer); // asks for the tiles
            assertArrayEquals(expected, frame(grid, cache, layer));
        }
    }

    @Test
    void keepsNoMoreTilesThanAllowedWhileTheViewGoesOverAll() {
        try (ImageTiles image = new ImageTiles(folder, IMAGE)) {
            fill(image, noise(IMAGE.area() * 3, 3));
            TileCache cache = new TileCache(DiskTiles.of(image), Runnable::run, 6 * TILE_BYTES);
            Compositor compositor = new Compositor(List.of(new ImageLayer(cache)));
            Viewport viewport = new Viewport();
            viewport.resize(SCREEN.width(), SCREEN.height());
            viewport.show(IMAGE);
            viewport.actualSize();
            for (int y = 0; y < IMAGE.height(); y += 100) {
                for (int x = 0; x < IMAGE.width(); x += 100) {
                    viewport.centreOn(x, y);
                    Grid grid = Grid.quick(viewport.transform(), IMAGE, SCREEN);
                    compositor.compose(grid, new int[Math.toIntExact(SCREEN.area())], Compositor.Area.all(grid));
                    assertTrue(cache.size() <= 6, cache.size() + " tiles");
                }
            }
        }
    }

    @Test
    void rowsThatCameMeanwhileAreShownAfterARefresh() {
        byte[] bgr = noise(IMAGE.area() * 3, 4);
        try (ImageTiles image = new ImageTiles(folder, IMAGE)) {
            TileCache cache = new TileCache(DiskTiles.of(image), Runnable::run, 1L << 30);
            cache.get(0, 0, 0);
            assertEquals(0xFF808080, pixel(cache));
            fill(image, bgr);
            assertEquals(0xFF808080, pixel(cache));
            cache.refresh();
            cache.get(0, 0, 0); // shows the old one and reads
            assertEquals(new Raster(IMAGE, bgr).argb(0, 0), pixel(cache));
        }
    }

    private static int pixel(TileCache cache) {
        int[] tile = cache.get(0, 0, 0);
        return tile == null ? 0 : tile[0];
    }

    private static int[] frame(Grid grid, TileCache image, LabelLayer labels) {
        int[] pixels = new int[Math.toIntExact(SCREEN.area())];
        new Compositor(List.of(new ImageLayer(image), labels)).compose(grid, pixels, Compositor.Area.all(grid));
        return pixels;
    }

    private static void fill(ImageTiles tiles, byte[] bgr) {
        int row = IMAGE.width() * 3;
        for (int y = 0; y < IMAGE.height(); y++) {
            tiles.append(Arrays.copyOfRange(bgr, y * row, (y + 1) * row));
        }
    }

    private static byte[] blocks() {
        byte[] labels = new byte[Math.toIntExact(IMAGE.area())];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) ((i % IMAGE.width() / 37 + i / IMAGE.width() / 23) % 5);
        }
        return labels;
    }

    private static byte[] noise(long count, int seed) {
        byte[] bytes = new byte[Math.toIntExact(count)];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
