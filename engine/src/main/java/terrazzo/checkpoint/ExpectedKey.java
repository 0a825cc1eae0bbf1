package terrazzo.checkpoint;

import java.util.List;
import terrazzo.core.shape.DType;

/// A parameter or buffer that a model wants from a checkpoint.
///
/// @param name key in the state dict, for example `decode_head.conv_seg.weight`
/// @param shape sizes, outermost first
/// @param dtype element type of the model; the file's may differ and is converted
/// @param fit what may be done when the file has another shape, or nothing
public record ExpectedKey(String name, List<Long> shape, DType dtype, Fit fit) {

    public ExpectedKey {
        shape = List.copyOf(shape);
    }

    /// A key whose tensor must have that shape.
    public ExpectedKey(String name, List<Long> shape, DType dtype) {
        this(name, shape, dtype, Fit.EXACT);
    }
}
