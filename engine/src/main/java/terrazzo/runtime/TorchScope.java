package terrazzo.runtime;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.shape.DType;

/// Owns tensors: they are freed when it is closed. Used by one thread at a time.
public final class TorchScope implements AutoCloseable {

    /// What libtorch's kernels may assume of a float's address.
    private static final int ALIGNMENT = 4;
    /// What is copied starts at a line of the processor's cache.
    private static final int COPY_ALIGNMENT = 64;

    private final PtNDManager manager;
    private @Nullable Arena copies;

    TorchScope(PtNDManager manager) {
        this.manager = manager;
    }

    PtNDManager manager() {
        return manager;
    }

    /// A float32 tensor with a copy of `numbers`, row by row.
    public TorchTensor floats(float[] numbers, long... shape) {
        return create(copy(MemorySegment.ofArray(numbers)), DataType.FLOAT32, shape);
    }

    /// An int64 tensor with a copy of `numbers`, row by row.
    public TorchTensor longs(long[] numbers, long... shape) {
        return create(copy(MemorySegment.ofArray(numbers)), DataType.INT64, shape);
    }

    /// A tensor over `bytes`, little-endian, row by row. On the CPU a direct buffer is not copied: it must not change
    /// or
    /// be freed while the tensor is in use.
    public TorchTensor bytes(DType dtype, ByteBuffer bytes, long... shape) {
        return create(bytes.isDirect() ? bytes : copy(MemorySegment.ofBuffer(bytes)), dataType(dtype), shape);
    }

    /// A tensor with a copy of `bytes`, little-endian, row by row.
    public TorchTensor bytes(DType dtype, byte[] bytes, long... shape) {
        return create(copy(MemorySegment.ofArray(bytes)), dataType(dtype), shape);
    }

    /// A tensor of a checkpoint. Floats of other widths become float32; what lies in a mapped file in the right form is
    /// not copied on the CPU.
    public TorchTensor host(HostTensor tensor) {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return switch (tensor.dtype()) {
            case FLOAT32, INT64, INT32, UINT8, INT8, BOOL -> {
                ByteBuffer bytes = tensor.asByteBuffer();
                boolean aligned = !bytes.isDirect() || bytes.alignmentOffset(0, ALIGNMENT) == 0;
                yield bytes(tensor.dtype(), aligned ? bytes : copy(MemorySegment.ofBuffer(bytes)), shape);
            }
            case INT16 -> longs(tensor.toLongs(), shape);
            case FLOAT16, BFLOAT16, FLOAT64 -> floats(tensor.toFloats(), shape);
        };
    }

    /// Memory of Java's buffers would be freed when the collector comes to them, which may be gigabytes later: that of
    /// a
    /// scope is freed with it.
    private ByteBuffer copy(MemorySegment numbers) {
        Arena arena = copies;
        if (arena == null) {
            arena = Arena.ofShared(); // scopes may be handed from thread to thread
            manager.attachInternal(UUID.randomUUID().toString(), arena);
            copies = arena;
        }
        MemorySegment copy = arena.allocate(numbers.byteSize(), COPY_ALIGNMENT);
        return copy.copyFrom(numbers).asByteBuffer();
    }

    /// Hands a computed tensor over to this scope, so that it outlives the one that it was made in. Tensors with copies
    /// of Java's numbers stay where they were made.
    public TorchTensor adopt(TorchTensor tensor) {
        tensor.array().attach(manager);
        return tensor;
    }

    private TorchTensor create(ByteBuffer numbers, DataType type, long... shape) {
        ByteBuffer ordered = numbers.order(ByteOrder.LITTLE_ENDIAN);
        return new TorchTensor(manager.create(ordered, new Shape(shape), type));
    }

    private static DataType dataType(DType dtype) {
        return switch (dtype) {
            case UINT8 -> DataType.UINT8;
            case INT8 -> DataType.INT8;
            case INT32 -> DataType.INT32;
            case INT64 -> DataType.INT64;
            case FLOAT16 -> DataType.FLOAT16;
            case FLOAT32 -> DataType.FLOAT32;
            case FLOAT64 -> DataType.FLOAT64;
            case BOOL -> DataType.BOOLEAN;
            case BFLOAT16 -> DataType.BFLOAT16;
            case INT16 -> throw new IllegalArgumentException("expected a type that DJL has, got int16");
        };
    }

    @Override
    public void close() {
        manager.close();
    }
}
