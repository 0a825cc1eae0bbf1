package terrazzo.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.config.Config;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.inference.zoo.DefaultModel;

final class LargeImagesTest {

    /// Two stripes with windows of 192 rows: 192 MB are 32 thousand columns of eight classes, so the width
    /// that counts is [LargeImages]' widest.
    private static final Size WIDE = new Size(300, 8300);

    private static final Size TALL = new Size(1000, 410);

    @TempDir
    private Path folder;

    @Test
    void labelsAreThoseOfTheWholeImage() throws IOException {
        assertSame(TALL);
    }

    @Test
    void labelsAreThoseOfTheWholeImageOverTheBorderOfStripes() throws IOException {
        assertSame(WIDE);
    }

    private void assertSame(Size size) throws IOException {
        Raster image = image(size);
        try (SegModel model = open();
                ImageTiles tiles = tiles(image);
                LabelTiles labels = new LabelTiles(folder, size)) {
            AtomicLong total = new AtomicLong();
            model.label(tiles, labels, (_, all, _) -> total.set(all), new Cancellation());
            Prediction whole = model.predict(Results.of(Img.of(image)), Prediction.Detail.CONFIDENCE);
            LabelTiles.Rows found = labels.rows(0, size.height());
            assertArrayEquals(whole.labels().asBytes(), found.labels().asBytes());
            assertArrayEquals(
                    whole.confidence().orElseThrow().asBytes(),
                    found.confidence().asBytes());
            if (size.equals(TALL)) {
                // (1000 - 192 + 127) / 128 + 1 rows, (410 - 256 + 199) / 200 + 1 columns
                assertEquals(8 * 2, total.get());
            }
        }
    }

    @Test
    void stopsWhenAsked() throws IOException {
        Raster image = image(TALL);
        try (SegModel model = open();
                ImageTiles tiles = tiles(image);
                LabelTiles labels = new LabelTiles(folder, TALL)) {
            Cancellation cancellation = new Cancellation();
            Progress stopping = (done, _, _) -> {
                if (done == 3) {
                    cancellation.request();
                }
            };
            assertThrows(CancellationException.class, () -> model.label(tiles, labels, stopping, cancellation));
        }
    }

    private SegModel open() throws IOException {
        Config config = DefaultModel.config(List.of(
                "model.test_cfg.mode=slide", "model.test_cfg.crop_size=(192,256)", "model.test_cfg.stride=(128,200)"));
        Path weights = DefaultModel.weights(folder.resolveSibling(folder.getFileName() + "-weights"));
        return SegModel.open(ModelRequest.of(config, weights), Catalogues.builtIn());
    }

    private ImageTiles tiles(Raster image) {
        ImageTiles tiles = new ImageTiles(folder, image.size());
        int row = image.width() * 3;
        for (int y = 0; y < image.height(); y++) {
            tiles.append(Arrays.copyOfRange(image.asBgr(), y * row, (y + 1) * row));
        }
        return tiles;
    }

    private static Raster image(Size size) {
        byte[] bgr = new byte[Math.toIntExact(size.area() * 3)];
        for (int i = 0; i < bgr.length; i++) {
            int x = i / 3 % size.width();
            int y = i / 3 / size.width();
            bgr[i] = (byte) (i % 3 * 40 + 90 + 60 * Math.sin(x / 17.0) + 60 * Math.cos(y / 11.0 + i % 3));
        }
        return new Raster(size, bgr);
    }
}
