package terrazzo.graph.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import terrazzo.graph.Tensor;

/// Layers applied one after the other, named `0`, `1`, `2`, … unless names are given.
public final class Sequential extends Layer {

    private final List<Layer> layers;

    public Sequential(List<? extends Layer> layers) {
        this.layers = List.copyOf(layers);
        for (int i = 0; i < layers.size(); i++) {
            child(Integer.toString(i), layers.get(i));
        }
    }

    /// Layers with names of their own, in the map's order.
    public Sequential(Map<String, ? extends Layer> layerByName) {
        this.layers = List.copyOf(layerByName.values());
        layerByName.forEach(this::child);
    }

    /// Layers with names made from their position.
    public static Sequential named(IntFunction<String> name, List<? extends Layer> layers) {
        Map<String, Layer> layerByName = new LinkedHashMap<>();
        layers.forEach(layer -> layerByName.put(name.apply(layerByName.size()), layer));
        return new Sequential(layerByName);
    }

    public static Sequential of(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    public List<Layer> layers() {
        return layers;
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = x;
        for (Layer layer : layers) {
            y = layer.call(y);
        }
        return y;
    }
}
