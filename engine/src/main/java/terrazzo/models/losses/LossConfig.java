package terrazzo.models.losses;

import terrazzo.config.ConfigNode;

/// What the config of every loss says.
///
/// @param weight factor of the loss in the sum
/// @param name name in logs
public record LossConfig(double weight, String name) {

    static LossConfig read(ConfigNode c, String name) {
        return new LossConfig(c.number("loss_weight", 1), c.string("loss_name", name));
    }
}
