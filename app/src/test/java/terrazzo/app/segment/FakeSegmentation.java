package terrazzo.app.segment;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DeviceException;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;

/// A model without weights: the class of a pixel is its column divided into eight bands, and it is surer
/// towards the bottom. Counts what is open, for leaks.
public final class FakeSegmentation implements SegmentationService {

    public static final List<String> CLASSES =
            List.of("road", "pavement", "building", "vegetation", "sky", "person", "car", "pole");
    public static final Palette PALETTE =
            new Palette(List.of(0x804080, 0xF423E8, 0x464646, 0x6B8E23, 0x4682B4, 0xDC143C, 0x00008E, 0x999999));

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger millis = new AtomicInteger();

    @Override
    public List<String> devices() {
        return List.of("cpu", "gpu");
    }

    @Override
    public List<String> precisions() {
        return List.of("fp32", "bf16");
    }

    @Override
    public List<ModelSource> catalogue() {
        return List.of(new ModelSource("bands", Optional.empty(), Optional.empty()));
    }

    @Override
    public SegmentationModel open(ModelRequest request, Progress progress, Cancellation cancellation) {
        if (request.source()
                .checkpoint()
                .filter(p -> p.toString().contains("broken"))
                .isPresent()) {
            throw new CheckpointException(Complaint.at("broken.pth")
                    .expected("a checkpoint")
                    .got("an empty file")
                    .advice("download it again"));
        }
        if (request.device().equals("gpu")) {
            throw new DeviceException(Complaint.at("gpu").expected("a GPU").got("none"));
        }
        open.incrementAndGet();
        ModelCard card =
                new ModelCard(request.source().name(), CLASSES, PALETTE, request.device(), request.precision());
        return new Bands(card);
    }

    /// Models that are open.
    public int open() {
        return open.get();
    }

    /// Makes each image take this long, until it is cancelled.
    public void takeMillis(int each) {
        millis.set(each);
    }

    /// Images that were run.
    public int runs() {
        return runs.get();
    }

    /// The class of a column.
    public static int label(int x, int width) {
        return x * CLASSES.size() / width;
    }

    /// The confidence of a row.
    public static int confidence(int y, int height) {
        return 55 + 200 * y / height;
    }

    private final class Bands implements SegmentationModel {

        private final ModelCard card;

        Bands(ModelCard card) {
            this.card = card;
        }

        @Override
        public ModelCard card() {
            return card;
        }

        @Override
        public Segmentation run(Raster image, Cancellation cancellation) {
            runs.incrementAndGet();
            for (int i = 0; i < millis.get() / 10; i++) {
                cancellation.check();
                LockSupport.parkNanos(10_000_000);
            }
            Size size = image.size();
            byte[] labels = new byte[Math.toIntExact(size.area())];
            byte[] confidence = new byte[labels.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (byte) label(i % size.width(), size.width());
                confidence[i] = (byte) confidence(i / size.width(), size.height());
            }
            return new Segmentation(new LabelMap(size, labels), confidence, 0.042);
        }

        @Override
        public void run(ImageTiles image, LabelTiles labels, Progress progress, Cancellation cancellation) {
            runs.incrementAndGet();
            Size size = image.size();
            for (int y = 0; y < size.height(); y += 256) {
                cancellation.check();
                progress.at(y, size.height(), "");
                Size part = new Size(Math.min(256, size.height() - y), size.width());
                byte[] found = new byte[Math.toIntExact(part.area())];
                byte[] confidence = new byte[found.length];
                for (int i = 0; i < found.length; i++) {
                    found[i] = (byte) label(i % size.width(), size.width());
                    confidence[i] = (byte) confidence(y + i / size.width(), size.height());
                }
                labels.write(0, y, new LabelMap(part, found), new LabelMap(part, confidence));
            }
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
