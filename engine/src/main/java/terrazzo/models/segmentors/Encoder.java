package terrazzo.models.segmentors;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Module;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Neck;
import terrazzo.models.Parts;

/// Backbone and neck of a segmentor, which owns them under those names.
final class Encoder {

    private final Backbone backbone;
    private final Optional<Neck> neck;
    private final String source;

    /// Adds a part to its owner under a name.
    @FunctionalInterface
    interface Owner {
        Module add(String name, Module part);
    }

    Encoder(ConfigNode c, Parts parts, Owner owner) {
        ConfigNode backboneConfig = c.node("backbone");
        this.backbone = parts.backbones().build(backboneConfig, parts);
        owner.add("backbone", backbone);
        Optional<ConfigNode> neckConfig = c.optionalNode("neck");
        this.neck = neckConfig.map(n -> parts.necks().build(n, parts));
        String backboneSource = "backbone " + backboneConfig.type();
        neck.ifPresent(n -> {
            n.check(neckConfig.orElseThrow(), backbone.features(), backboneSource);
            owner.add("neck", n);
        });
        this.source = neckConfig.map(n -> "neck " + n.type()).orElse(backboneSource);
    }

    /// What heads get.
    List<FeatureSpec> levels() {
        List<FeatureSpec> levels = backbone.features();
        return neck.map(n -> n.features(levels)).orElse(levels);
    }

    /// The only size of an image that the backbone takes, if there is one.
    Optional<Size> inputSize() {
        return backbone.inputSize();
    }

    /// What the sides of an image must be multiples of.
    int sizeDivisor() {
        return backbone.sizeDivisor();
    }

    /// Who gives it, for messages.
    String source() {
        return source;
    }

    List<Tensor> call(Tensor img) {
        List<Tensor> levels = backbone.call(img);
        return neck.isPresent() ? neck.get().call(levels) : levels;
    }
}
