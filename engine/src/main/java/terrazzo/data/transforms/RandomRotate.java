package terrazzo.data.transforms;

import java.util.List;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_core.Scalar;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Turns image and label map by a random angle, positive angles clockwise.
///
/// - reads/writes `img` (bilinear) and `gtSegMap` (nearest); leaves `imgShape` as it is, as the reference does
/// - draws whether to turn, then the angle, which is drawn even when nothing turns
///
/// @param prob of turning at all
/// @param degrees smallest and largest angle
/// @param frame centre and size of the result
/// @param padVal first channel of pixels that come from outside; the others are 0
/// @param segPadVal label of pixels that come from outside
public record RandomRotate(double prob, List<Double> degrees, Frame frame, double padVal, int segPadVal)
        implements Transform {

    /// @param center (x, y) that stays where it is; empty for the image's centre
    /// @param autoBound whether the result grows to hold the whole image
    public record Frame(List<Double> center, boolean autoBound) {
        public Frame {
            center = List.copyOf(center);
        }
    }

    public RandomRotate {
        degrees = List.copyOf(degrees);
    }

    static RandomRotate read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        double prob = c.number("prob");
        List<Double> degree = c.numbers("degree");
        List<Double> center = c.numbers("center", List.of());
        boolean autoBound = c.bool("auto_bound", false);
        if (prob < 0 || prob > 1) {
            throw c.error("prob", "a probability from 0 to 1", String.valueOf(prob), "");
        }
        if (degree.isEmpty() || degree.size() > 2 || (degree.size() == 1 && degree.getFirst() <= 0)) {
            throw c.error("degree", "one number above 0, or (smallest, largest)", degree.toString(), "");
        }
        if (!center.isEmpty() && (autoBound || center.size() != 2)) {
            throw c.error("center", "(x, y) without auto_bound", center.toString(), "");
        }
        List<Double> degrees = degree.size() == 2 ? degree : List.of(-degree.getFirst(), degree.getFirst());
        return new RandomRotate(
                prob, degrees, new Frame(center, autoBound), c.number("pad_val", 0), c.integer("seg_pad_val", 255));
    }

    @Override
    public Results apply(Results results, Draws draws) {
        boolean rotate = draws.unit() < prob;
        double low = Math.min(degrees.getFirst(), degrees.getLast());
        double angle = draws.uniform(low, Math.max(degrees.getFirst(), degrees.getLast()));
        if (!rotate) {
            return results;
        }
        Results rotated =
                results.withImg(op(angle, Interpolation.BILINEAR, padVal).on(results.requireImg("RandomRotate")));
        return results.gtSegMap() == null
                ? rotated
                : rotated.withGtSegMap(
                        op(angle, Interpolation.NEAREST, segPadVal).on(results.gtSegMap()));
    }

    private MatOp op(double angle, Interpolation interpolation, double outside) {
        return (in, out) -> {
            float x = frame.center().isEmpty()
                    ? (in.cols() - 1) * 0.5f
                    : frame.center().getFirst().floatValue();
            float y = frame.center().isEmpty()
                    ? (in.rows() - 1) * 0.5f
                    : frame.center().getLast().floatValue();
            try (Point2f center = new Point2f(x, y);
                    Mat matrix = opencv_imgproc.getRotationMatrix2D(center, -angle, 1);
                    var size = frame.autoBound() ? grow(matrix, in) : in.size();
                    Scalar border = new Scalar(outside, 0, 0, 0)) {
                opencv_imgproc.warpAffine(
                        in, out, matrix, size, interpolation.code(), opencv_core.BORDER_CONSTANT, border);
            }
        };
    }

    /// The size that holds the whole turned image; `matrix` is moved to its middle.
    private static org.bytedeco.opencv.opencv_core.Size grow(Mat matrix, Mat in) {
        try (DoubleIndexer m = matrix.createIndexer()) {
            double cos = Math.abs(m.get(0, 0));
            double sin = Math.abs(m.get(0, 1));
            double width = in.rows() * sin + in.cols() * cos;
            double height = in.rows() * cos + in.cols() * sin;
            m.put(0, 2, m.get(0, 2) + (width - in.cols()) * 0.5);
            m.put(1, 2, m.get(1, 2) + (height - in.rows()) * 0.5);
            return new org.bytedeco.opencv.opencv_core.Size((int) Math.rint(width), (int) Math.rint(height));
        }
    }
}
