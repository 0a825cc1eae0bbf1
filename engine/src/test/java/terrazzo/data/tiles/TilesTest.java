package terrazzo.data.tiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Size;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

final class TilesTest {

    private static final int T = Levels.TILE;
    private static final Size SIZE = new Size(701, 533); // 3 x 3 tiles, both sides odd at some level

    @TempDir
    private Path folder;

    @Test
    void imageIsReadBackPartByPart() {
        byte[] bgr = noise(SIZE.area() * 3);
        try (ImageTiles tiles = filled(bgr, SIZE.height())) {
            assertTrue(tiles.isComplete());
            assertArrayEquals(bgr, tiles.region(0, 0, SIZE).asBgr());
            Raster part = tiles.region(250, 100, new Size(180, 20)); // 180 rows over the border of two tiles
            Raster whole = new Raster(SIZE, bgr);
            for (int y = 0; y < 180; y++) {
                for (int x = 0; x < 20; x++) {
                    assertEquals(whole.argb(250 + x, 100 + y), part.argb(x, y));
                }
            }
        }
    }

    @Test
    void coarserPixelsAreTheMeanOfFour() {
        byte[] bgr = noise(SIZE.area() * 3);
        try (ImageTiles tiles = filled(bgr, SIZE.height())) {
            assertEquals(3, tiles.levels()); // 533x701, 267x351, 134x176
            byte[] tile = new byte[T * T * 3];
            tiles.read(1, 1, 1, tile);
            // Column 266 of level 1 is the last: columns 532 and 532 of the image, for there is no 533.
            int x = 266;
            int y = 300;
            int sum = 2 * (bgr[(600 * 533 + 532) * 3] & 0xFF) + 2 * (bgr[(601 * 533 + 532) * 3] & 0xFF);
            assertEquals((sum + 2) / 4, tile[((y - T) * T + x - T) * 3] & 0xFF);
        }
    }

    @Test
    void whatHasNotComeYetIsGrey() {
        byte[] bgr = noise(SIZE.area() * 3);
        try (ImageTiles tiles = filled(bgr, 300)) {
            assertFalse(tiles.isComplete());
            byte[] tile = new byte[T * T * 3];
            tiles.read(0, 0, 1, tile);
            assertEquals(bgr[(299 * 533) * 3], tile[(43 * T) * 3]); // row 299 is row 43 of the second tile
            assertEquals((byte) 0x80, tile[(44 * T) * 3]);
            tiles.read(0, 0, 2, tile);
            assertEquals((byte) 0x80, tile[0]);
            tiles.read(2, 0, 0, tile);
            assertEquals((byte) 0x80, tile[(75 * T) * 3]); // 300 rows are 75 at a quarter
        }
    }

    @Test
    void scratchFilesAreGoneWithTheTiles() throws IOException {
        ImageTiles tiles = filled(noise(SIZE.area() * 3), SIZE.height());
        tiles.close();
        byte[] tile = new byte[T * T * 3];
        assertThrows(CancellationException.class, () -> tiles.read(0, 0, 0, tile));
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void refusesImagesThatTheDiskCannotHold() {
        Size huge = new Size(2_000_000_000, 2_000_000);
        MediaException failure = assertThrows(MediaException.class, () -> new LabelTiles(folder, huge).close());
        assertTrue(failure.complaint().text().contains("free for the tiles of an image of 2000000x2000000000"));
        assertTrue(failure.complaint().text().endsWith("make room there, or name another folder with TERRAZZO_HOME"));
    }

    @Test
    void labelsAreReadBackAndTheRestIsIgnored() {
        try (LabelTiles tiles = new LabelTiles(folder, SIZE)) {
            Size part = new Size(300, 270);
            byte[] labels = noise(part.area());
            byte[] confidence = noise(part.area());
            tiles.write(200, 390, new LabelMap(part, labels), new LabelMap(part, confidence));
            LabelTiles.Rows rows = tiles.rows(380, 20);
            for (int x = 0; x < SIZE.width(); x++) {
                boolean isWritten = x >= 200 && x < 470;
                assertEquals(LabelMap.IGNORE, rows.labels().at(x, 9));
                assertEquals(
                        isWritten ? labels[x - 200] & 0xFF : 255, rows.labels().at(x, 10));
                assertEquals(
                        isWritten ? confidence[x - 200] & 0xFF : 0,
                        rows.confidence().at(x, 10));
            }
        }
    }

    @Test
    void coarserLabelsAreThoseOfMostPixels() {
        byte[] labels = new byte[Math.toIntExact(SIZE.area())];
        Arrays.fill(labels, (byte) 3);
        labels[200 * 533 + 300] = 7;
        labels[200 * 533 + 302] = 7;
        labels[201 * 533 + 303] = 7;
        byte[] confidence = new byte[labels.length];
        Arrays.fill(confidence, (byte) 100);
        confidence[200 * 533 + 300] = 0;
        try (LabelTiles tiles = new LabelTiles(folder, SIZE)) {
            tiles.write(0, 0, new LabelMap(SIZE, labels), new LabelMap(SIZE, confidence));
            int[] tile = new int[T * T];
            tiles.read(1, 0, 0, tile);
            assertEquals(3, tile[100 * T + 150] & 0xFF);
            assertEquals(75, tile[100 * T + 150] >> 8); // (0 + 100 + 100 + 100) / 4
            assertEquals(7, tile[100 * T + 151] & 0xFF);
            tiles.read(2, 0, 0, tile);
            assertEquals(3, tile[50 * T + 75] & 0xFF);
        }
    }

    private ImageTiles filled(byte[] bgr, int rows) {
        ImageTiles tiles = new ImageTiles(folder, SIZE);
        byte[] row = new byte[SIZE.width() * 3];
        for (int y = 0; y < rows; y++) {
            System.arraycopy(bgr, y * row.length, row, 0, row.length);
            tiles.append(row);
        }
        return tiles;
    }

    private static byte[] noise(long count) {
        byte[] bytes = new byte[Math.toIntExact(count)];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
