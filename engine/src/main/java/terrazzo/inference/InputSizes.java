package terrazzo.inference;

import java.util.Optional;
import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Trace;
import terrazzo.models.Segmentor;

/// Which images a network takes. Most take any; those with tables for one size are asked before libtorch fails on their
/// products. May be used from several threads.
final class InputSizes {

    private static final int CHANNELS = 3;

    private final Segmentor segmentor;
    private volatile Optional<Size> accepted;

    InputSizes(Segmentor segmentor) {
        this.segmentor = segmentor;
        this.accepted = segmentor.inputSize();
    }

    /// The size that an image is padded to: whole images to multiples, others only where a window would end with them.
    ///
    /// @param image after the padding that the config asks for
    Size padded(Size image, TestMode mode) { // mmseg: refuses images whose sides are no multiples
        return switch (mode) {
            case TestMode.Whole _ -> new Size(multiple(image.height()), multiple(image.width()));
            case TestMode.Slide(var crop, var _) ->
                new Size(
                        image.height() < crop.height() ? multiple(image.height()) : image.height(),
                        image.width() < crop.width() ? multiple(image.width()) : image.width());
        };
    }

    private int multiple(int side) {
        return Math.ceilDiv(side, segmentor.sizeDivisor()) * segmentor.sizeDivisor();
    }

    /// @throws terrazzo.core.error.ShapeException when the network can't take images of that size
    void check(Size image) {
        Optional<Size> last = accepted;
        if (last.isEmpty() || last.get().equals(image)) {
            return;
        }
        // Some sizes beside the one named fit, too, for example where less than a patch is left over.
        Trace trace = new Trace(Trace.Mode.EVAL);
        Dim[] shape = {Dim.ONE, Dim.of(CHANNELS), Dim.of(image.height()), Dim.of(image.width())};
        segmentor.encodeDecode(trace.input("img", DType.FLOAT32, shape));
        accepted = Optional.of(image);
    }
}
