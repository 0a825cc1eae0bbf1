package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import terrazzo.core.shape.DType;

/// A flat run of elements that one or more tensors look at, as PyTorch saves it. In the older file format the bytes
/// come after the tensors that use them, so they are bound later.
final class Storage {

    private final DType dtype;
    private final long numel;
    private @Nullable MemorySegment bytes;

    Storage(DType dtype, long numel) {
        this.dtype = dtype;
        this.numel = numel;
    }

    static Storage of(DType dtype, MemorySegment bytes) {
        Storage storage = new Storage(dtype, bytes.byteSize() / dtype.sizeBytes());
        storage.bind(bytes);
        return storage;
    }

    /// Says where the elements are: at least `numel` of them, little-endian.
    void bind(MemorySegment segment) {
        this.bytes = segment.asSlice(0, sizeBytes()).asReadOnly();
    }

    boolean isBound() {
        return bytes != null;
    }

    DType dtype() {
        return dtype;
    }

    long numel() {
        return numel;
    }

    long sizeBytes() {
        return numel * dtype.sizeBytes();
    }

    MemorySegment bytes() {
        if (bytes == null) {
            throw new IllegalStateException("the storage has no bytes yet");
        }
        return bytes;
    }
}
