package terrazzo.app;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import terrazzo.app.segment.ModelCard;
import terrazzo.app.segment.ModelRequest;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.segment.Segmentation;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.segment.SegmentationService;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;

/// A model that costs nothing, for measures in which no model counts: 19 classes in small blocks, as torn
/// as the label map of a street, each with a confidence of its own.
final class Bands implements SegmentationService {

    private static final int CLASSES = 19;
    private static final ModelSource SOURCE = new ModelSource("blocks", Optional.empty(), Optional.empty());

    @Override
    public List<String> devices() {
        return List.of("cpu");
    }

    @Override
    public List<String> precisions() {
        return List.of("fp32");
    }

    @Override
    public List<ModelSource> catalogue() {
        return List.of(SOURCE);
    }

    @Override
    public SegmentationModel open(ModelRequest request, Progress progress, Cancellation cancellation) {
        return new Model();
    }

    private static final class Model implements SegmentationModel {

        @Override
        public ModelCard card() {
            return new ModelCard(
                    SOURCE.name(),
                    IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList(),
                    new Palette(IntStream.range(0, CLASSES)
                            .map(i -> i * 0x0D1B2F & 0xFFFFFF)
                            .boxed()
                            .toList()),
                    "cpu",
                    "fp32");
        }

        @Override
        public Segmentation run(Raster image, Cancellation cancellation) {
            LabelTiles.Rows rows = rows(0, image.size());
            return new Segmentation(rows.labels(), rows.confidence().asBytes(), 0);
        }

        @Override
        public void run(ImageTiles image, LabelTiles labels, Progress progress, Cancellation cancellation) {
            Size size = image.size();
            for (int y = 0; y < size.height(); y += 256) {
                cancellation.check();
                progress.at(y, size.height(), "");
                LabelTiles.Rows rows = rows(y, new Size(Math.min(256, size.height() - y), size.width()));
                labels.write(0, y, rows.labels(), rows.confidence());
            }
        }

        private static LabelTiles.Rows rows(int top, Size size) {
            byte[] labels = new byte[Math.toIntExact(size.area())];
            byte[] confidence = new byte[labels.length];
            for (int i = 0; i < labels.length; i++) {
                int x = i % size.width();
                int y = top + i / size.width();
                labels[i] = (byte) ((x / 17 + y / 11) % CLASSES);
                confidence[i] = (byte) (x * 7 + y * 3);
            }
            return new LabelTiles.Rows(new LabelMap(size, labels), new LabelMap(size, confidence));
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
