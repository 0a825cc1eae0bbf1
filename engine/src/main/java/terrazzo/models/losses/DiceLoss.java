package terrazzo.models.losses;

import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.Loss;

/// How little prediction and label overlap, averaged over classes ([V-Net](https://arxiv.org/abs/1606.04797)). Pixel
/// weights do not change it.
public final class DiceLoss implements Loss {

    private final Config config;

    public DiceLoss(Config config) {
        this.config = config;
    }

    /// @param smooth added above and below the line
    /// @param exponent power of predictions and labels below the line
    /// @param classWeight weight per class
    /// @param ignoreIndex class index that does not count
    /// @param loss weight and name
    public record Config(double smooth, double exponent, ClassWeight classWeight, int ignoreIndex, LossConfig loss) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            // mmseg: takes these keys and does nothing with them; the mean over images is all that there is
            c.ignoring("reduction", "use_sigmoid", "activate", "naive_dice");
            return new Config(
                    c.number("smooth", 1),
                    c.number("exponent", 2),
                    ClassWeight.read(c),
                    c.integer("ignore_index", 255),
                    LossConfig.read(c, "loss_dice"));
        }
    }

    static DiceLoss read(ConfigNode c) {
        return new DiceLoss(Config.read(c));
    }

    @Override
    public String name() {
        return config.loss.name();
    }

    // mmseg: ignored pixels are left out above the line, but count below it
    @Override
    public Tensor call(Pixels pixels) {
        ClassOverlap maps = ClassOverlap.of(pixels, config.ignoreIndex);
        Tensor both = ClassOverlap.area(maps.pred().mul(maps.target()).mul(maps.valid()));
        Tensor each = ClassOverlap.area(
                maps.pred().pow(config.exponent).add(maps.target().pow(config.exponent)));
        Tensor dice = both.mul(2).add(config.smooth).div(each.add(config.smooth)); // [N, K]
        Tensor losses = dice.neg().add(1);
        return ClassOverlap.mean(losses, config.classWeight.of(pixels.logits().channels()), config.ignoreIndex)
                .mul(config.loss.weight());
    }

    @Override
    public Tensor perPixel(Pixels pixels) {
        return ClassOverlap.everywhere(call(pixels), pixels.label());
    }
}
