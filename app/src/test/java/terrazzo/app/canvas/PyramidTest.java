package terrazzo.app.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

class PyramidTest {

    @Test
    void halvesUntilOneTileHoldsAll() {
        assertEquals(1, TileSource.levelsOf(new Size(256, 256)));
        assertEquals(2, TileSource.levelsOf(new Size(256, 257)));
        assertEquals(8, TileSource.levelsOf(new Size(20000, 20000))); // 20000 / 2^7 = 157
        assertEquals(new Size(2, 129), TileSource.at(new Size(3, 257), 1));
    }

    @Nested
    class Images {

        @Test
        void pixelOfACoarserLevelIsTheRoundedMeanOfFour() {
            byte[] bgr = new byte[300 * 2 * 3];
            bgr[0] = 10;
            bgr[3] = 20;
            bgr[300 * 3] = 30;
            bgr[300 * 3 + 3] = (byte) 201;
            RasterPyramid pyramid = RasterPyramid.of(new Raster(new Size(2, 300), bgr));
            assertEquals(2, pyramid.levels());
            assertEquals(new Size(1, 150), pyramid.level(1).size());
            assertEquals(0xFF000041, pyramid.level(1).argb(0, 0)); // (10 + 20 + 30 + 201 + 2) / 4 = 65 blue
        }

        @Test
        void readsTheLastTileAsFarAsTheImageGoes() {
            byte[] bgr = new byte[300 * 2 * 3];
            bgr[(300 + 299) * 3 + 2] = (byte) 255;
            int[] tile = new int[TileSource.TILE * TileSource.TILE];
            RasterPyramid.of(new Raster(new Size(2, 300), bgr)).read(0, 1, 0, tile);
            assertEquals(0xFFFF0000, tile[TileSource.TILE + 299 - 256]);
            assertEquals(0, tile[TileSource.TILE + 300 - 256]);
        }
    }

    @Nested
    class Labels {

        @Test
        void coarserLabelIsTheOneThatMostHold() {
            byte[] labels = new byte[300 * 2];
            put(labels, 0, 1, 2, 2, 3); // a pair wins over the first
            put(labels, 1, 1, 2, 3, 4); // all different: the first
            put(labels, 2, 5, 7, 5, 7); // two pairs: the first
            LabelPyramid pyramid = new LabelPyramid(new LabelMap(new Size(2, 300), labels), null);
            byte[] half = pyramid.labels(1);
            assertArrayEquals(new byte[] {2, 1, 5}, new byte[] {half[0], half[1], half[2]});
        }

        @Test
        void refreshesOnlyWhatWasEdited() {
            byte[] labels = new byte[600 * 2];
            LabelPyramid pyramid = new LabelPyramid(new LabelMap(new Size(2, 600), labels), null);
            for (int x = 8; x < 12; x++) {
                labels[x] = 9;
                labels[600 + x] = 9;
            }
            labels[100] = labels[101] = labels[700] = labels[701] = 9;
            pyramid.refresh(8, 0, 12, 2);
            assertEquals(9, pyramid.labels(1)[4]);
            assertEquals(9, pyramid.labels(1)[5]);
            assertEquals(9, pyramid.labels(2)[2]);
            assertEquals(0, pyramid.labels(1)[50]);
        }

        @Test
        void confidenceMustCoverTheMap() {
            var e = assertThrows(
                    IllegalArgumentException.class,
                    () -> new LabelPyramid(new LabelMap(new Size(2, 2), new byte[4]), new byte[3]));
            assertEquals("expected 4 confidences for 2x2, got 3", e.getMessage());
        }

        private static void put(byte[] labels, int x, int a, int b, int c, int d) {
            labels[2 * x] = (byte) a;
            labels[2 * x + 1] = (byte) b;
            labels[300 + 2 * x] = (byte) c;
            labels[300 + 2 * x + 1] = (byte) d;
        }
    }

    @Nested
    class Cache {

        private final Raster image = new Raster(new Size(600, 600), new byte[600 * 600 * 3]);

        @Test
        void keepsTheTilesSeenLast() {
            long three = 3L * TileSource.TILE * TileSource.TILE * 4;
            TileCache cache = new TileCache(RasterPyramid.of(image), Runnable::run, three);
            int[] first = cache.get(0, 0, 0);
            cache.get(0, 1, 0);
            cache.get(0, 2, 0);
            assertSame(first, cache.get(0, 0, 0));
            cache.get(0, 0, 1);
            assertEquals(3, cache.size());
            assertSame(first, cache.peek(0, 0, 0));
            assertNull(cache.peek(0, 1, 0));
        }

        @Test
        void readsFromDiskElsewhereAndTellsWhenItCame() {
            Deque<Runnable> waiting = new ArrayDeque<>();
            TileCache cache = new TileCache(new Slow(RasterPyramid.of(image)), waiting::add, 1 << 20);
            int[] arrivals = {0};
            cache.onArrival(() -> arrivals[0]++);
            assertNull(cache.get(0, 1, 1));
            assertNull(cache.get(0, 1, 1));
            assertEquals(1, waiting.size());
            waiting.remove().run();
            assertEquals(1, arrivals[0]);
            assertNotNull(cache.get(0, 1, 1));
        }
    }

    /// As if each tile came from a disk.
    record Slow(TileSource source) implements TileSource {

        @Override
        public Size size() {
            return source.size();
        }

        @Override
        public int levels() {
            return source.levels();
        }

        @Override
        public boolean isResident() {
            return false;
        }

        @Override
        public void read(int level, int tileX, int tileY, int[] into) {
            source.read(level, tileX, tileY, into);
        }
    }
}
