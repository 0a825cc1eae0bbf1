package terrazzo.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What may be done for a key of the model when the file's tensor has another shape, or when the file has none.
public interface Fit {

    /// Nothing.
    Fit EXACT = (_, _) -> Optional.empty();

    /// The file's tensor brought to another shape; empty when that makes no sense.
    ///
    /// @param found the file's tensor, of another shape
    /// @param shape the model's shape
    Optional<HostTensor> resized(HostTensor found, List<Long> shape);

    /// The tensor of a key that the file lacks; empty when only a file can know it.
    default Optional<HostTensor> absent() {
        return Optional.empty();
    }

    /// For tensors that a model computes for itself, whatever files say: tables of indices.
    static Fit own(Supplier<HostTensor> tensor) {
        return new Fit() {
            @Override
            public Optional<HostTensor> resized(HostTensor found, List<Long> shape) {
                return Optional.of(tensor.get());
            }

            @Override
            public Optional<HostTensor> absent() {
                return Optional.of(tensor.get());
            }
        };
    }
}
