package terrazzo.checkpoint;

import terrazzo.core.shape.DType;

/// Finds the storages that a pickle refers to.
@FunctionalInterface
interface StorageSource {

    /// The storage of that key, at least `numel` elements long.
    ///
    /// @throws terrazzo.core.error.CheckpointException when the file has none, or a shorter one
    Storage find(String key, DType dtype, long numel);

    /// Tells of a storage of complex or quantized numbers, which nobody will ask for.
    ///
    /// @param sizeBytes its length
    default void skip(String key, long sizeBytes) {}
}
