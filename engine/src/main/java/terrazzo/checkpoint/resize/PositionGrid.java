package terrazzo.checkpoint.resize;

import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.Fit;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.Size;

/// Position embeddings `[1, 1 + L, D]`: one for the class token, then one per patch, row by row. Files may have more
/// tokens before the patches (distilled models have); only the first is kept. Patches of a file form a square.
///
/// @param grid patches of the model
/// @param kernel how the grid is resampled
public record PositionGrid(Size grid, Kernel kernel) implements Fit {

    @Override
    public Optional<HostTensor> resized(HostTensor found, List<Long> shape) {
        List<Long> from = found.shape();
        if (from.size() != 3 || from.get(0) != 1 || !from.get(2).equals(shape.get(2)) || from.get(1) < 2) {
            return Optional.empty();
        }
        int side = (int) Math.sqrt(from.get(1) - 1.0);
        long width = from.get(2);
        long extra = from.get(1) - (long) side * side;
        if (extra > 2) { // class and distillation; more means that the patches are no square
            return Optional.empty();
        }
        HostTensor tokens = found.reshape(from.get(1), width);
        HostTensor patches = tokens.rows(extra, from.get(1));
        HostTensor resized =
                Table.of(new Size(side, side), patches).resized(grid, kernel).rows();
        HostTensor first =
                HostTensor.ofFloats(List.of(1L, width), tokens.rows(0, 1).toFloats());
        return Optional.of(HostTensor.concat(List.of(first, resized)).reshape(1, 1 + grid.area(), width));
    }
}
