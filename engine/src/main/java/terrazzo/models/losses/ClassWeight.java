package terrazzo.models.losses;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import terrazzo.checkpoint.NumberFile;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.error.CheckpointException;

/// What each class counts in a loss. A file that the config names is read when a loss is first recorded, so that
/// nothing but training needs it.
public final class ClassWeight {

    private final String text;
    private final IntFunction<List<Double>> numbers;

    private ClassWeight(String text, IntFunction<List<Double>> numbers) {
        this.text = text;
        this.numbers = numbers;
    }

    /// Reads `class_weight`: numbers, or the name of a file with numbers.
    static ClassWeight read(ConfigNode c) {
        if (!c.has("class_weight")) {
            return new ClassWeight("", _ -> List.of());
        }
        if (c.find("class_weight").orElseThrow() instanceof Value.Str(var file)) {
            return new ClassWeight("'" + file + "'", classes -> checked(c, classes, () -> fromFile(c, file)));
        }
        List<Double> listed = c.numbers("class_weight");
        return new ClassWeight(listed.toString(), classes -> checked(c, classes, () -> listed));
    }

    boolean isGiven() {
        return !text.isEmpty();
    }

    /// A number per class; none where all classes count the same.
    ///
    /// @throws terrazzo.core.error.ConfigException when there are more or fewer, or no such file
    List<Double> of(int classes) {
        return numbers.apply(classes);
    }

    /// As the config says it.
    @Override
    public String toString() {
        return text;
    }

    private static List<Double> fromFile(ConfigNode c, String file) {
        try {
            return NumberFile.read(file);
        } catch (CheckpointException e) {
            throw c.error("class_weight", e.complaint());
        }
    }

    private static List<Double> checked(ConfigNode c, int classes, Supplier<List<Double>> numbers) {
        List<Double> weights = numbers.get();
        if (weights.size() != classes) {
            throw c.error("class_weight", classes + " numbers (num_classes)", Integer.toString(weights.size()), "");
        }
        return weights;
    }
}
