package terrazzo.checkpoint;

import java.util.Locale;
import java.util.Optional;
import terrazzo.core.shape.DType;

/// PyTorch's names of element types, as classes of storages and as `torch.float32`.
final class TorchTypes {

    private TorchTypes() {}

    /// `torch.FloatStorage` and its kin.
    static Optional<DType> ofStorage(String qualified) {
        return Optional.ofNullable(
                switch (qualified.replace("torch.cuda.", "torch.")) {
                    case "torch.FloatStorage" -> DType.FLOAT32;
                    case "torch.DoubleStorage" -> DType.FLOAT64;
                    case "torch.HalfStorage" -> DType.FLOAT16;
                    case "torch.BFloat16Storage" -> DType.BFLOAT16;
                    case "torch.LongStorage" -> DType.INT64;
                    case "torch.IntStorage" -> DType.INT32;
                    case "torch.ShortStorage" -> DType.INT16;
                    case "torch.CharStorage" -> DType.INT8;
                    case "torch.ByteStorage", "torch.storage.UntypedStorage", "torch.UntypedStorage" -> DType.UINT8;
                    case "torch.BoolStorage" -> DType.BOOL;
                    default -> null;
                });
    }

    /// Bytes of one element of a storage whose type we don't read; 0 when not even that is known.
    static int otherSizeBytes(String name) {
        return switch (name) {
            case "ComplexDoubleStorage" -> 16;
            case "ComplexFloatStorage" -> 8;
            case "QInt32Storage" -> 4;
            case "QInt8Storage", "QUInt8Storage" -> 1;
            default -> 0;
        };
    }

    static String storageName(DType type) {
        return switch (type) {
            case FLOAT32 -> "FloatStorage";
            case FLOAT64 -> "DoubleStorage";
            case FLOAT16 -> "HalfStorage";
            case BFLOAT16 -> "BFloat16Storage";
            case INT64 -> "LongStorage";
            case INT32 -> "IntStorage";
            case INT16 -> "ShortStorage";
            case INT8 -> "CharStorage";
            case UINT8 -> "ByteStorage";
            case BOOL -> "BoolStorage";
        };
    }

    /// `torch.float32` and its kin.
    static Optional<DType> ofDtype(String qualified) {
        for (DType type : DType.values()) {
            if (qualified.equals("torch." + type.name().toLowerCase(Locale.ROOT))) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
