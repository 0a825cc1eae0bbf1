package terrazzo.data.loading;

import java.util.List;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.SegDataSample;

/// Images as a model takes them, `[N, C, H, W]` float32, and what else is known of them. The array is not copied.
public final class InputBatch {

    private final int channels;
    private final Size size;
    private final float[] values;
    private final List<SegDataSample> dataSamples;

    InputBatch(int channels, Size size, float[] values, List<SegDataSample> dataSamples) {
        this.channels = channels;
        this.size = size;
        this.values = values;
        this.dataSamples = List.copyOf(dataSamples);
    }

    /// Number of images, N.
    public int count() {
        return dataSamples.size();
    }

    public int channels() {
        return channels;
    }

    /// Height and width of every image.
    public Size size() {
        return size;
    }

    /// `[N, C, H, W]` in row-major order; read only.
    public float[] asFloats() {
        return values;
    }

    /// Height and width of every label map; that of the images but for validation.
    public Size labelSize() {
        LabelMap first = dataSamples.getFirst().gtSemSeg();
        return first == null ? size : first.size();
    }

    /// Ground truth of all images, `[N, H, W]`.
    ///
    /// @throws DatasetException when a sample has none
    public byte[] labels() {
        int plane = Math.toIntExact(labelSize().area());
        byte[] labels = new byte[Math.multiplyExact(plane, count())];
        int at = 0;
        for (SegDataSample sample : dataSamples) {
            LabelMap truth = sample.gtSemSeg();
            if (truth == null) {
                throw new DatasetException(Complaint.at(sample.meta().name())
                        .expected("a label map to train with")
                        .got("none")
                        .advice("put LoadAnnotations into the training pipeline"));
            }
            System.arraycopy(truth.asBytes(), 0, labels, at, plane);
            at += plane;
        }
        return labels;
    }

    /// One per image, ground truth padded like the images.
    public List<SegDataSample> dataSamples() {
        return dataSamples;
    }
}
