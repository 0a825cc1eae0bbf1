package terrazzo.models.losses;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// What the config of every loss says.
///
/// @param weight factor of the loss in the sum
/// @param name name in logs
public record LossConfig(double weight, String name) {

    static LossConfig read(ConfigNode c, String name) {
        return new LossConfig(c.number("loss_weight", 1), c.string("loss_name", name));
    }

    /// Reads `class_weight`: a list of numbers; empty when absent.
    ///
    /// A file name has been replaced by the numbers in the file before models are built: models read no files.
    static List<Double> classWeight(ConfigNode c) {
        if (c.find("class_weight").orElse(null) instanceof Value.Str(var file)) {
            throw c.error("class_weight", "a list of numbers", "the file name '" + file + "'", "");
        }
        return c.numbers("class_weight", List.of());
    }
}
