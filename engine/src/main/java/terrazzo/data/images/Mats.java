package terrazzo.data.images;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import terrazzo.core.Size;

/// Copies between Java arrays and OpenCV matrices. A matrix made here is native memory: whoever asked for it closes it.
public final class Mats {

    private Mats() {}

    /// A matrix `[H, W, channels]` of bytes with a copy of `values`.
    public static Mat ofBytes(Size size, int channels, byte[] values) {
        Mat mat = new Mat(size.height(), size.width(), opencv_core.CV_8UC(channels));
        ByteBuffer buffer = mat.createBuffer();
        buffer.put(values);
        return mat;
    }

    /// A matrix `[H, W, channels]` of floats with a copy of `values`.
    public static Mat ofFloats(Size size, int channels, float[] values) {
        Mat mat = new Mat(size.height(), size.width(), opencv_core.CV_32FC(channels));
        FloatBuffer buffer = mat.createBuffer();
        buffer.put(values);
        return mat;
    }

    public static Size sizeOf(Mat mat) {
        return new Size(mat.rows(), mat.cols());
    }

    /// The bytes of a matrix, row by row without padding.
    public static byte[] toBytes(Mat mat) {
        byte[] values = new byte[Math.toIntExact(mat.total() * mat.channels())];
        if (mat.isContinuous()) {
            ByteBuffer buffer = mat.createBuffer();
            buffer.get(values);
            return values;
        }
        int row = mat.cols() * mat.channels();
        for (int y = 0; y < mat.rows(); y++) {
            try (BytePointer line = mat.ptr(y)) {
                line.get(values, y * row, row);
            }
        }
        return values;
    }

    /// The floats of a continuous matrix, row by row.
    public static float[] toFloats(Mat mat) {
        float[] values = new float[Math.toIntExact(mat.total() * mat.channels())];
        FloatBuffer buffer = mat.createBuffer();
        buffer.get(values);
        return values;
    }
}
