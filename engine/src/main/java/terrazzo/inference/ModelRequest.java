package terrazzo.inference;

import java.nio.file.Path;
import terrazzo.config.Config;

/// Which model to open, and how.
///
/// @param config describes model and test pipeline
/// @param checkpoint its weights
/// @param device `auto`, `cpu` or `cuda:N`
/// @param precision numbers that the network computes with
public record ModelRequest(Config config, Path checkpoint, String device, Precision precision) {

    /// On the CPU in 32-bit floats.
    public static ModelRequest of(Config config, Path checkpoint) {
        return new ModelRequest(config, checkpoint, "cpu", Precision.FP32);
    }
}
