package terrazzo.app.segment;

import java.nio.file.Path;
import java.util.Optional;

/// Where a model comes from.
///
/// @param name as the user sees it
/// @param config MMSegmentation's config, or empty when the checkpoint carries it
/// @param checkpoint weights, or empty for weights drawn at random
public record ModelSource(String name, Optional<Path> config, Optional<Path> checkpoint) {

    /// The model that comes with the program.
    public static ModelSource builtIn() {
        return new ModelSource("", Optional.empty(), Optional.empty());
    }

    /// Whether it is the one that comes with the program; its name is said in the user's language.
    public boolean isBuiltIn() {
        return name.isEmpty() && config.isEmpty() && checkpoint.isEmpty();
    }

    /// Names the model after its checkpoint or its config.
    public static ModelSource of(Optional<Path> config, Optional<Path> checkpoint) {
        String name = checkpoint
                .or(() -> config)
                .map(p -> p.getFileName().toString().replaceFirst("\\.[a-z]+$", ""))
                .orElse("");
        return new ModelSource(name, config, checkpoint);
    }
}
