package terrazzo.data.loading;

import java.util.List;
import terrazzo.core.Size;
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

    /// One per image, ground truth padded like the images.
    public List<SegDataSample> dataSamples() {
        return dataSamples;
    }
}
