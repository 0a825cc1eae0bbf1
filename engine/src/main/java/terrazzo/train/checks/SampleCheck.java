package terrazzo.train.checks;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.datasets.BaseSegDataset;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.ImageRows;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegMeta;
import terrazzo.data.transforms.LoadAnnotations;

/// Looks at the files of one data set. Safe to use from several threads.
final class SampleCheck {

    private final BaseSegDataset dataset;
    private final int classes;
    private final LoadAnnotations annotations = new LoadAnnotations(Optional.empty());

    /// @param classes class indices that labels may have, from 0 on
    SampleCheck(BaseSegDataset dataset, int classes) {
        this.dataset = dataset;
        this.classes = classes;
    }

    int size() {
        return dataset.size();
    }

    /// Whether both files are there, are images and are of one size, by their headers: some tens of microseconds.
    ///
    /// @throws terrazzo.core.error.EngineException naming the file
    void headers(int index) {
        SegMeta meta = dataset.meta(index);
        if (meta.imgPath() == null || meta.segMapPath() == null) {
            load(meta);
            return;
        }
        Optional<Size> image = ImageRows.size(Path.of(meta.imgPath()));
        Optional<Size> labels = ImageRows.size(Path.of(meta.segMapPath()));
        if (image.isEmpty() || !image.equals(labels)) { // missing, odd, or turned by its EXIF orientation
            load(meta.withOriShape(ImageFile.load(Path.of(meta.imgPath())).size()));
        }
    }

    /// The class indices of a label map.
    ///
    /// @throws DatasetException when one is neither a class nor ignored, naming the file and the place
    BitSet labels(int index) {
        LabelMap map = load(dataset.meta(index));
        BitSet found = new BitSet(256);
        for (byte label : map.asBytes()) {
            found.set(label & 0xFF);
        }
        int wrong = found.nextSetBit(classes);
        while (wrong >= 0 && wrong == dataset.ignoreIndex()) {
            wrong = found.nextSetBit(wrong + 1);
        }
        if (wrong >= 0) {
            throw outOfRange(dataset.meta(index), map, wrong);
        }
        return found;
    }

    /// The same for the label map in a file, if it is one of this data set.
    void labels(String segMapPath) {
        for (int i = 0; i < size(); i++) {
            if (segMapPath.equals(dataset.meta(i).segMapPath())) {
                labels(i);
            }
        }
    }

    private LabelMap load(SegMeta meta) {
        LabelMap map = annotations
                .apply(Results.of(meta, dataset.metainfo().labelRule()), new Draws(0))
                .gtSegMap();
        if (map == null) {
            throw new IllegalStateException("LoadAnnotations gave no label map");
        }
        return map;
    }

    private DatasetException outOfRange(SegMeta meta, LabelMap map, int wrong) {
        int at = 0;
        while ((map.asBytes()[at] & 0xFF) != wrong) {
            at++;
        }
        return new DatasetException(Complaint.at(String.valueOf(meta.segMapPath()))
                .expected("class indices below " + classes + ", or " + dataset.ignoreIndex() + " to ignore")
                .got(wrong + " at (" + at % map.width() + ", " + at / map.width() + ")")
                .advice("set classes and num_classes to all classes, or map this label with label_map or 255"));
    }

    /// The complaint about masks of 0 and 255, whose foreground nobody would learn.
    DatasetException onlyIgnored() {
        return new DatasetException(Complaint.at(String.valueOf(dataset.meta(0).segMapPath()))
                .expected("class indices 0 to " + (classes - 1))
                .got("only 0 and " + dataset.ignoreIndex() + ", which is ignored")
                .advice("convert the masks so that the foreground is 1"));
    }

    boolean isOnlyIgnored(BitSet found) {
        BitSet expected = new BitSet();
        expected.set(0);
        expected.set(dataset.ignoreIndex());
        return classes > 1 && found.equals(expected);
    }
}
