package terrazzo.data.transforms;

import org.bytedeco.opencv.opencv_core.Mat;
import terrazzo.core.image.LabelMap;
import terrazzo.data.images.Mats;
import terrazzo.data.sample.Img;

/// A piece of OpenCV work from one matrix into another; applied to images and label maps it takes care of copying and
/// closing.
@FunctionalInterface
interface MatOp {

    /// @param in read only
    /// @param out empty; to be filled
    void apply(Mat in, Mat out);

    default Img on(Img img) {
        try (Mat in = matOf(img);
                Mat out = new Mat()) {
            apply(in, out);
            return switch (img) {
                case Img.Bytes _ -> new Img.Bytes(Mats.sizeOf(out), out.channels(), Mats.toBytes(out));
                case Img.Floats _ -> new Img.Floats(Mats.sizeOf(out), out.channels(), Mats.toFloats(out));
            };
        }
    }

    default LabelMap on(LabelMap labels) {
        try (Mat in = Mats.ofBytes(labels.size(), 1, labels.asBytes());
                Mat out = new Mat()) {
            apply(in, out);
            return new LabelMap(Mats.sizeOf(out), Mats.toBytes(out));
        }
    }

    private static Mat matOf(Img img) {
        return switch (img) {
            case Img.Bytes b -> Mats.ofBytes(b.size(), b.channels(), b.values());
            case Img.Floats f -> Mats.ofFloats(f.size(), f.channels(), f.asFloats());
        };
    }
}
