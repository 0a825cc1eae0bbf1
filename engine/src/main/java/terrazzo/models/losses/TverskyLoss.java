package terrazzo.models.losses;

import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.Loss;

/// A Dice loss that weighs false positives and false negatives differently
/// ([paper](https://arxiv.org/abs/1706.05721)). Pixel weights do not change it.
public final class TverskyLoss implements Loss {

    private final Config config;

    public TverskyLoss(Config config) {
        this.config = config;
    }

    /// @param smooth added above and below the line
    /// @param alpha weight of false positives
    /// @param beta weight of false negatives, 1 - alpha
    /// @param classWeight weight per class
    /// @param ignoreIndex class index that does not count
    /// @param loss weight and name
    public record Config(
            double smooth, double alpha, double beta, ClassWeight classWeight, int ignoreIndex, LossConfig loss) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            Config config = new Config(
                    c.number("smooth", 1),
                    c.number("alpha", 0.3),
                    c.number("beta", 0.7),
                    ClassWeight.read(c),
                    c.integer("ignore_index", 255),
                    LossConfig.read(c, "loss_tversky"));
            if (Math.abs(config.alpha + config.beta - 1) > 1e-9) {
                throw c.error("beta", "1 - alpha", Double.toString(config.beta), "alpha is " + config.alpha);
            }
            return config;
        }
    }

    static TverskyLoss read(ConfigNode c) {
        return new TverskyLoss(Config.read(c));
    }

    @Override
    public String name() {
        return config.loss.name();
    }

    @Override
    public Tensor call(Pixels pixels) {
        ClassOverlap maps = ClassOverlap.of(pixels, config.ignoreIndex);
        Tensor pred = maps.pred().mul(maps.valid());
        Tensor target = maps.target().mul(maps.valid());
        Tensor right = ClassOverlap.area(pred.mul(maps.target())); // [N, K]
        Tensor tooMuch = ClassOverlap.area(pred).sub(right);
        Tensor tooLittle = ClassOverlap.area(target).sub(right);
        Tensor all = right.add(tooMuch.mul(config.alpha)).add(tooLittle.mul(config.beta));
        Tensor losses =
                right.add(config.smooth).div(all.add(config.smooth)).neg().add(1);
        return ClassOverlap.mean(losses, config.classWeight.of(pixels.logits().channels()), config.ignoreIndex)
                .mul(config.loss.weight());
    }

    @Override
    public Tensor perPixel(Pixels pixels) {
        return ClassOverlap.everywhere(call(pixels), pixels.label());
    }
}
