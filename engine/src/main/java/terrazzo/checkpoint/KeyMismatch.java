package terrazzo.checkpoint;

import java.util.List;

/// A key of a model or of a checkpoint that has no fitting partner.
public sealed interface KeyMismatch {

    /// The key concerned.
    String name();

    /// The model wants it, the file has not got it.
    record Missing(String name, List<Long> shape) implements KeyMismatch {}

    /// The file has it, the model does not want it.
    record Unexpected(String name, List<Long> shape) implements KeyMismatch {}

    /// Both have it, with different shapes.
    ///
    /// @param expected the model's shape
    /// @param got the file's shape
    record Misshaped(String name, List<Long> expected, List<Long> got) implements KeyMismatch {}
}
