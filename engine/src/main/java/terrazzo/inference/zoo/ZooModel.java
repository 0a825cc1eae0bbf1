package terrazzo.inference.zoo;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.core.Size;

/// A trained model that MMSegmentation publishes.
///
/// @param config its config: `family/name`
/// @param dataset what it was trained and measured on
/// @param backbone in the words of the model zoo: `R-50-D8`
/// @param cropSize what it was trained with
/// @param iterations it was trained for
/// @param scores what it reaches
/// @param cost what running and training it takes
/// @param weights where its checkpoint can be downloaded
public record ZooModel(
        String config,
        String dataset,
        String backbone,
        Size cropSize,
        int iterations,
        Scores scores,
        Cost cost,
        URI weights) {

    private static final Pattern HASH = Pattern.compile("-([0-9a-f]{8})\\.pth$");

    /// As its publishers measured it on one V100.
    ///
    /// @param inferenceMillis for one image of the crop's size
    /// @param trainingMemoryGb of each GPU
    public record Cost(OptionalDouble inferenceMillis, OptionalDouble trainingMemoryGb) {}

    /// Published scores in percent; a model has mIoU or mDice.
    ///
    /// @param mIoU at one scale
    /// @param mIoUFlip with several scales and flipping
    /// @param mDice at one scale
    public record Scores(OptionalDouble mIoU, OptionalDouble mIoUFlip, OptionalDouble mDice) {}

    /// The folder of its config.
    public String family() {
        return config.substring(0, config.indexOf('/'));
    }

    /// The name of its config without the family, which is enough to find it.
    public String name() {
        return config.substring(config.indexOf('/') + 1);
    }

    /// The name of its checkpoint as published.
    public String fileName() {
        String path = weights.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The first eight digits of its checkpoint's SHA-256, which its publishers put into the name; empty where not.
    public String hash() {
        Matcher matcher = HASH.matcher(fileName());
        return matcher.find() ? matcher.group(1) : "";
    }

    /// Its checkpoint, when it has been put into `folder`.
    public Optional<Path> checkpointIn(Path folder) {
        return Optional.of(folder.resolve(fileName())).filter(Files::isRegularFile);
    }
}
