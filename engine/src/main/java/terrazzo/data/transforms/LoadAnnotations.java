package terrazzo.data.transforms;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.LabelRule;
import terrazzo.data.sample.Results;

/// Reads the label map that the meta names and makes its values class indices: first the data set's label map (classes
/// left out become 255), then, with `reduceZeroLabel`, 0 becomes 255 and every other index moves down by one.
///
/// - writes `gtSegMap` `[H, W]` u8
///
/// @param reduceZeroLabel what the config says here; empty to go by the data set, which it may not contradict
public record LoadAnnotations(Optional<Boolean> reduceZeroLabel) implements Transform {

    static LoadAnnotations read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        c.ignoring("file_client_args", "backend_args", "imdecode_backend");
        return new LoadAnnotations(
                c.has("reduce_zero_label") ? Optional.of(c.bool("reduce_zero_label", false)) : Optional.empty());
    }

    @Override
    public Results apply(Results results, Draws draws) {
        String path = results.meta().segMapPath();
        if (path == null) {
            throw new DatasetException(Complaint.at(results.meta().name())
                    .expected("a label map")
                    .got("none")
                    .advice("set data_prefix.seg_map_path of the data set or take LoadAnnotations out"));
        }
        if (Files.notExists(Path.of(path))) {
            throw new DatasetException(Complaint.at(path)
                    .expected("the label map of " + results.meta().name())
                    .got("no such file")
                    .advice("check seg_map_suffix and data_prefix.seg_map_path of the data set"));
        }
        boolean reduce = results.labelRule().reduceZeroLabel();
        if (reduceZeroLabel.isPresent() && reduceZeroLabel.get() != reduce) {
            throw new DatasetException(Complaint.at("LoadAnnotations.reduce_zero_label")
                    .expected(pythonName(reduce) + " as the data set says")
                    .got(pythonName(reduceZeroLabel.get()))
                    .advice("set reduce_zero_label of the data set and remove it here"));
        }
        LabelMap file = LabelMapFile.load(Path.of(path));
        Size expected = results.meta().oriShape();
        if (expected != null && !expected.equals(file.size())) {
            throw new DatasetException(Complaint.at(path)
                    .expected("a label map of " + expected + " (height x width) like its image")
                    .got(file.size().toString())
                    .advice("the two files do not belong together, or the image was turned by its EXIF orientation"));
        }
        return results.withGtSegMap(convert(file, results.labelRule()));
    }

    private static String pythonName(boolean value) {
        return value ? "True" : "False";
    }

    private static LabelMap convert(LabelMap file, LabelRule rule) {
        if (rule.labelMap().isEmpty() && !rule.reduceZeroLabel()) {
            return file;
        }
        byte[] indexByLabel = new byte[256];
        for (int label = 0; label < 256; label++) {
            int index = rule.labelMap().getOrDefault(label, label) & 0xFF; // -1 becomes 255
            if (rule.reduceZeroLabel()) {
                index = index == 0 || index == 255 ? 255 : index - 1;
            }
            indexByLabel[label] = (byte) index;
        }
        byte[] labels = new byte[file.asBytes().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = indexByLabel[file.asBytes()[i] & 0xFF];
        }
        return new LabelMap(file.size(), labels);
    }
}
