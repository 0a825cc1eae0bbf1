package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Size;
import terrazzo.core.error.EngineException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.datasets.GeneratedPalette;
import terrazzo.data.images.LabelMapFile;
import terrazzo.train.TrainRequest.Resume;

/// Ten mistakes that people make with data: each gives one sentence that names a file or a key and what to do, before
/// the first iteration.
final class BadDataTest {

    @TempDir
    private Path temporary;

    private SmallTraining small;
    private Path label;
    private Path image;

    @BeforeEach
    void prepare() throws IOException {
        small = SmallTraining.in(temporary);
        label = small.scenes().resolve("ann_dir/train/scene_000.png");
        image = small.scenes().resolve("img_dir/train/scene_000.png");
    }

    private String refusal(String... options) {
        EngineException e = assertThrows(EngineException.class, () -> small.run(Resume.NO, options));
        String text = e.complaint().text();
        assertTrue(!text.contains("\n"), text);
        return String.valueOf(e.getMessage());
    }

    private static void fill(Path file, Size size, int... values) {
        byte[] labels = new byte[Math.toIntExact(size.area())];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) values[i % values.length];
        }
        LabelMapFile.save(file, new LabelMap(size, labels), GeneratedPalette.of(256));
    }

    private Size size() {
        return LabelMapFile.load(label).size();
    }

    @Test
    void masksOfZeroAnd255() throws IOException {
        Size size = size();
        for (String part : List.of("train", "val")) {
            try (var files = Files.list(small.scenes().resolve("ann_dir").resolve(part))) {
                files.forEach(f -> fill(f, size, 0, 255));
            }
        }
        assertEquals(
                label + ": expected class indices 0 to 7, got only 0 and 255, which is ignored — convert the masks so"
                        + " that the foreground is 1",
                refusal());
    }

    @Test
    void coloursInsteadOfClassIndices() throws IOException {
        Files.copy(image, label, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(
                label + ": expected one class index per pixel (palette or grey PNG), got a colour image — convert its"
                        + " colours to class indices first",
                refusal());
    }

    @Test
    void missingLabelMap() throws IOException {
        Files.delete(label);
        assertEquals(
                label + ": expected the label map of " + image
                        + ", got no such file — check seg_map_suffix and data_prefix.seg_map_path of the data set",
                refusal());
    }

    @Test
    void sizesThatDiffer() {
        Size size = size();
        fill(label, new Size(10, 20), 0, 1);
        assertEquals(
                label + ": expected a label map of " + size + " (height x width) like its image, got 10x20 — the two"
                        + " files do not belong together, or the image was turned by its EXIF orientation",
                refusal());
    }

    @Test
    void wrongNumberOfClasses() {
        String text = refusal("model.decode_head.num_classes=19", "model.auxiliary_head.num_classes=19");
        assertTrue(
                text.endsWith("train_dataloader.dataset: expected 19 classes, the num_classes of model.decode_head, got"
                        + " 8: road, sidewalk, building, vegetation, sky, car, person, pole — set num_classes of every"
                        + " head to 8"),
                text);
    }

    @Test
    void classesAsText() {
        String text = refusal("train_dataloader.dataset.metainfo={'classes':'road'}");
        assertTrue(text.contains("classes"), text);
        assertTrue(text.contains("road"), text);
    }

    @Test
    void emptySplit() throws IOException {
        Path split = temporary.resolve("train.txt");
        Files.writeString(split, "\n");
        assertEquals(
                split + ": expected one image name per line, got an empty file",
                refusal("train_dataloader.dataset.ann_file=" + split));
    }

    @Test
    void wrongSuffix() {
        Path folder = small.scenes().resolve("img_dir/train");
        assertEquals(
                folder + ": expected images that end in '.jpg', got none; there are 24 of '.png' — set img_suffix or"
                        + " data_prefix.img_path",
                refusal("train_dataloader.dataset.img_suffix=.jpg"));
    }

    @Test
    void imageThatCantBeRead() throws IOException {
        byte[] whole = Files.readAllBytes(image);
        Files.write(image, Arrays.copyOf(whole, 20));
        assertEquals(
                image + ": expected an image, got an unknown or cut off format — supported are JPEG, PNG, WebP, BMP,"
                        + " TIFF, GIF and PNM",
                refusal());
    }

    @Test
    void labelOutOfRange() {
        Size size = size();
        fill(label, size, 3, 225);
        assertEquals(
                label + ": expected class indices below 8, or 255 to ignore, got 225 at (1, 0) — set classes and"
                        + " num_classes to all classes, or map this label with label_map or 255",
                refusal());
    }
}
