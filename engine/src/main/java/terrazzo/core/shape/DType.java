package terrazzo.core.shape;

/// Element types of tensors.
public enum DType {
    UINT8(0, 1),
    INT8(1, 1),
    INT16(2, 2),
    INT32(3, 4),
    INT64(4, 8),
    FLOAT16(5, 2),
    FLOAT32(6, 4),
    FLOAT64(7, 8),
    BOOL(11, 1),
    BFLOAT16(15, 2);

    private final int torchCode;
    private final int sizeBytes;

    DType(int torchCode, int sizeBytes) {
        this.torchCode = torchCode;
        this.sizeBytes = sizeBytes;
    }

    /// PyTorch's `ScalarType` number, as its operators take it.
    public int torchCode() {
        return torchCode;
    }

    /// Bytes of one element.
    public int sizeBytes() {
        return sizeBytes;
    }

    public boolean isFloating() {
        return this == FLOAT16 || this == FLOAT32 || this == FLOAT64 || this == BFLOAT16;
    }
}
