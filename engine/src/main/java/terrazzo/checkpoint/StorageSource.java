package terrazzo.checkpoint;

import terrazzo.core.shape.DType;

/// Finds the storages that a pickle refers to.
@FunctionalInterface
interface StorageSource {

    /// The storage of that key, at least `numel` elements long.
    ///
    /// @throws terrazzo.core.error.CheckpointException when the file has none, or a shorter one
    Storage find(String key, DType dtype, long numel);
}
