package terrazzo.models.blocks;

import java.util.ArrayList;
import java.util.List;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Sequential;

/// Linear layers with an activation between, wider inside: `[..., width]` to `[..., width]`. The identity beside it is
/// the caller's.
public final class FFN extends Layer {

    private final Sequential layers;
    private final DropPath dropPath;

    /// @param width channels that go in and come out
    /// @param hidden channels inside
    /// @param layers linear layers, at least 2
    /// @param act activation after all but the last
    /// @param drop probability of dropping an element in training
    /// @param dropPath rate of the [DropPath] at the end
    public record Config(int width, int hidden, int layers, ActSpec act, double drop, double dropPath) {}

    public FFN(Config config) {
        List<Layer> made = new ArrayList<>();
        for (int i = 0; i < config.layers - 1; i++) {
            int in = i == 0 ? config.width : config.hidden;
            made.add(Sequential.of(
                    new Linear(in, config.hidden, true), config.act.build(config.hidden), dropout(config.drop)));
        }
        made.add(new Linear(config.hidden, config.width, true));
        made.add(dropout(config.drop));
        this.layers = child("layers", new Sequential(made));
        this.dropPath = child("dropout_layer", new DropPath(config.dropPath));
    }

    private static Layer dropout(double p) {
        return new Lambda(x -> x.dropout(p));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return dropPath.call(layers.call(x));
    }
}
