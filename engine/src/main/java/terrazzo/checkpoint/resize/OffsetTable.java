package terrazzo.checkpoint.resize;

import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.Fit;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.Size;

/// Biases of attention by the offset between two places of a window, `[(2h - 1)(2w - 1) + extra, heads]`. Only square
/// windows are resized, as in the reference.
///
/// @param window extent of the model's window
/// @param extra rows at the end that stand for the class token and stay as they are
/// @param kernel how offsets are resampled
public record OffsetTable(Size window, int extra, Kernel kernel) implements Fit {

    private static final int LEAST = 5; // samples that a spline or a cubic needs to make sense

    @Override
    public Optional<HostTensor> resized(HostTensor found, List<Long> shape) {
        List<Long> from = found.shape();
        if (from.size() != 2 || !from.get(1).equals(shape.get(1)) || window.height() != window.width()) {
            return Optional.empty();
        }
        long offsets = from.getFirst() - extra;
        int side = (int) Math.sqrt((double) offsets);
        if (side < LEAST || (long) side * side != offsets || side % 2 == 0) {
            return Optional.empty();
        }
        int wanted = 2 * window.height() - 1;
        HostTensor resized = Table.of(new Size(side, side), found.rows(0, offsets))
                .resized(new Size(wanted, wanted), kernel)
                .rows();
        if (extra == 0) {
            return Optional.of(resized);
        }
        HostTensor rest = found.rows(offsets, from.getFirst());
        return Optional.of(HostTensor.concat(List.of(resized, HostTensor.ofFloats(rest.shape(), rest.toFloats()))));
    }
}
