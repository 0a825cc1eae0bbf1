package terrazzo.data.transforms;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.core.Scale;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Puts four samples around a random point into one of twice the size.
///
/// - reads `img`, `gtSegMap` and three `mixResults`; writes `img`, `gtSegMap`, `imgShape`, `oriShape`
/// - draws the three others; then whether to mix; if so x, then y of the point where the four meet
///
/// @param prob of mixing at all
/// @param tile height and width of one quarter
/// @param centerRatios smallest and largest place of the meeting point, in tiles
/// @param padVal grey level where no sample is
/// @param segPadVal label where no sample is
public record RandomMosaic(double prob, Size tile, List<Double> centerRatios, int padVal, int segPadVal)
        implements MixingTransform {

    private static final int OTHERS = 3;

    public RandomMosaic {
        centerRatios = List.copyOf(centerRatios);
    }

    static RandomMosaic read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        double prob = c.number("prob");
        if (prob < 0 || prob > 1) {
            throw c.error("prob", "a probability from 0 to 1", String.valueOf(prob), "");
        }
        // mmseg: img_scale is (height, width) here, unlike everywhere else.
        Size tile = c.has("img_scale") ? Scales.size(c, "img_scale") : new Size(640, 640);
        List<Double> ratios = c.numbers("center_ratio_range", List.of(0.5, 1.5));
        if (ratios.size() != 2) {
            throw c.error("center_ratio_range", "(smallest, largest)", ratios.toString(), "");
        }
        return new RandomMosaic(prob, tile, ratios, c.integer("pad_val", 0), c.integer("seg_pad_val", 255));
    }

    @Override
    public List<Integer> indices(int datasetSize, Draws draws) {
        return IntStream.range(0, OTHERS)
                .mapToObj(_ -> draws.integer(0, datasetSize))
                .toList();
    }

    @Override
    public Results apply(Results results, Draws draws) {
        if (draws.unit() >= prob) {
            return results;
        }
        if (results.mixResults().size() != OTHERS) {
            throw new DatasetException(Complaint.at("RandomMosaic")
                    .expected(OTHERS + " other samples")
                    .got(String.valueOf(results.mixResults().size()))
                    .advice("wrap the data set in MultiImageMixDataset and put the step into its pipeline"));
        }
        double low = centerRatios.getFirst();
        double high = centerRatios.getLast();
        int x = (int) (draws.uniform(low, high) * tile.width());
        int y = (int) (draws.uniform(low, high) * tile.height());
        Size whole = new Size(tile.height() * 2, tile.width() * 2);
        Canvas image = new Canvas(whole, 3, padVal);
        Canvas labels = new Canvas(whole, 1, segPadVal);
        for (int quarter = 0; quarter < 4; quarter++) {
            Results part = quarter == 0 ? results : results.mixResults().get(quarter - 1);
            image.paste(resized(part), quarter, x, y);
            LabelMap map = part.gtSegMap();
            if (map != null) {
                LabelMap small = Interpolation.NEAREST.resize(map, within(map.size()));
                labels.paste(new Img.Bytes(small.size(), 1, small.asBytes()), quarter, x, y);
            }
        }
        Results mixed = results.withImg(new Img.Bytes(whole, 3, image.values))
                .withMeta(results.meta().withOriShape(whole));
        return results.gtSegMap() == null ? mixed : mixed.withGtSegMap(new LabelMap(whole, labels.values));
    }

    private Img.Bytes resized(Results part) {
        Img.Bytes img = part.requireBytes("RandomMosaic");
        return (Img.Bytes) Interpolation.BILINEAR.resize(img, within(img.size()));
    }

    private Size within(Size old) {
        double ratio = Math.min((double) tile.height() / old.height(), (double) tile.width() / old.width());
        return new Scale((int) (old.width() * ratio), (int) (old.height() * ratio)).toSize();
    }

    /// Pixels of the mosaic while it is put together.
    private static final class Canvas {
        private final Size size;
        private final int channels;
        private final byte[] values;

        Canvas(Size size, int channels, int fill) {
            this.size = size;
            this.channels = channels;
            this.values = new byte[Math.toIntExact(size.area() * channels)];
            Arrays.fill(values, (byte) fill);
        }

        /// Lays `part` with one corner at `(x, y)`: quarter 0 left above, 1 right above, 2 left below, 3 right below.
        void paste(Img.Bytes part, int quarter, int x, int y) {
            boolean left = quarter % 2 == 0;
            boolean above = quarter < 2;
            int startX = left ? x - part.width() : x;
            int startY = above ? y - part.height() : y;
            int fromX = Math.max(startX, 0);
            int toX = left ? x : Math.min(x + part.width(), size.width());
            int toY = above ? y : Math.min(y + part.height(), size.height());
            for (int row = Math.max(startY, 0); row < toY; row++) {
                int source = ((row - startY) * part.width() + fromX - startX) * channels;
                int target = (row * size.width() + fromX) * channels;
                System.arraycopy(part.values(), source, values, target, (toX - fromX) * channels);
            }
        }
    }
}
