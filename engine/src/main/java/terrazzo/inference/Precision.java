package terrazzo.inference;

import java.util.Locale;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DeviceException;

/// The numbers that a network computes with.
public enum Precision {
    /// 32-bit floats: what the reference computes with.
    FP32,
    /// bfloat16: half the bytes, two to four times the speed where the processor has instructions for it.
    BF16;

    /// @throws DeviceException when the name is neither `fp32` nor `bf16`
    public static Precision parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "fp32" -> FP32;
            case "bf16" -> BF16;
            default ->
                throw new DeviceException(
                        Complaint.at("--precision").expected("'fp32' or 'bf16'").got("'" + name + "'"));
        };
    }
}
