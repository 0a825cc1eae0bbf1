package terrazzo.train.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Parameter;
import terrazzo.models.Segmentor;

/// Lower learning rates for layers that lie nearer to the image, for ConvNeXt, BEiT and MAE. Vectors and biases get no
/// weight decay.
final class LearningRateDecayOptimizerConstructor implements OptimWrapperConstructor {

    private static final Set<String> STEM =
            Set.of("backbone.cls_token", "backbone.mask_token", "backbone.pos_embed", "backbone.patch_embed");

    private final boolean legacy;

    private LearningRateDecayOptimizerConstructor(boolean legacy) {
        this.legacy = legacy;
    }

    static LearningRateDecayOptimizerConstructor standard() {
        return new LearningRateDecayOptimizerConstructor(false);
    }

    /// `LayerDecayOptimizerConstructor`: by layer, with the rate under its old name.
    static LearningRateDecayOptimizerConstructor ofLayers() {
        return new LearningRateDecayOptimizerConstructor(true);
    }

    private enum Kind {
        LAYERS_OF_CONVNEXT,
        STAGES_OF_CONVNEXT,
        LAYERS_OF_VIT
    }

    /// @param layers as the config says
    private record Depths(Kind kind, int layers, double rate) {

        double scale(String key) {
            return Math.pow(rate, layers + 1 - depth(key));
        }

        /// How far a weight lies from the image: 0 for the first layer.
        int depth(String key) {
            return switch (kind) {
                case LAYERS_OF_CONVNEXT -> layerOfConvNeXt(key);
                case STAGES_OF_CONVNEXT -> stageOfConvNeXt(key);
                case LAYERS_OF_VIT -> layerOfViT(key);
            };
        }

        private int layerOfConvNeXt(String key) {
            boolean downsampling = key.startsWith("backbone.downsample_layers.");
            if (isStem(key)) {
                return 0;
            } else if (!downsampling && !key.startsWith("backbone.stages.")) {
                return layers + 1;
            }
            return switch (number(key, 2)) {
                case 0 -> downsampling ? 0 : 1;
                case 1 -> 2;
                case 2 -> downsampling ? 3 : 3 + number(key, 3) / 3;
                default -> layers;
            };
        }

        private int stageOfConvNeXt(String key) {
            if (isStem(key) || key.startsWith("backbone.downsample_layers.")) {
                return 0;
            }
            return key.startsWith("backbone.stages.") ? number(key, 2) + 1 : layers + 1;
        }

        private int layerOfViT(String key) {
            if (isStem(key)) {
                return 0;
            }
            return key.startsWith("backbone.layers.") ? number(key, 2) + 1 : layers + 1;
        }

        private static boolean isStem(String key) {
            return STEM.contains(key) || key.startsWith("backbone.patch_embed.");
        }

        /// The number among the names of a key.
        private static int number(String key, int part) {
            return Integer.parseInt(key.split("\\.")[part]);
        }
    }

    @Override
    public List<ParamGroup> groups(Segmentor model, ConfigNode optimWrapper) {
        ConfigNode optimizer = optimWrapper.node("optimizer");
        double lr = optimizer.number("lr", 1e-3);
        double decay = optimizer.number("weight_decay", 0);
        Depths depths = depths(model, optimWrapper.node("paramwise_cfg"));
        Map<String, List<String>> keysByName = new LinkedHashMap<>();
        model.modules()
                .flatMap(m -> m.ownParameters().stream())
                .filter(Parameter::isTrainable)
                .forEach(p -> keysByName
                        .computeIfAbsent(name(depths, p), _ -> new ArrayList<>())
                        .add(p.key()));
        List<ParamGroup> groups = new ArrayList<>();
        keysByName.forEach((name, keys) -> {
            double scale = depths.scale(keys.getFirst());
            Map<String, PickleValue> own = new LinkedHashMap<>();
            own.put("weight_decay", PickleValue.of(name.endsWith("_no_decay") ? 0 : decay));
            own.put(
                    "param_names",
                    new ListValue(keys.stream().map(PickleValue::of).toList()));
            own.put("lr_scale", PickleValue.of(scale));
            own.put("group_name", PickleValue.of(name));
            own.put("lr", PickleValue.of(scale * lr));
            groups.add(new ParamGroup(keys, own));
        });
        return groups;
    }

    private static String name(Depths depths, Parameter p) {
        boolean free = p.shape().rank() == 1 || p.key().endsWith(".bias");
        return "layer_" + depths.depth(p.key()) + (free ? "_no_decay" : "_decay");
    }

    private Depths depths(Segmentor model, ConfigNode c) {
        String backbone = model.childrenByName().containsKey("backbone")
                ? model.childrenByName().get("backbone").getClass().getSimpleName()
                : "none";
        String type = legacy ? "layer_wise_vit" : c.string("decay_type", "layer_wise");
        double rate = c.number(legacy ? "layer_decay_rate" : "decay_rate");
        Kind kind;
        if (type.contains("layer_wise") && backbone.contains("ConvNeXt")) {
            kind = Kind.LAYERS_OF_CONVNEXT;
        } else if (type.contains("layer_wise") && (backbone.contains("BEiT") || backbone.contains("MAE"))) {
            kind = Kind.LAYERS_OF_VIT;
        } else if (type.equals("stage_wise") && backbone.contains("ConvNeXt")) {
            kind = Kind.STAGES_OF_CONVNEXT;
        } else {
            throw c.error(
                    "decay_type",
                    "'layer_wise' with ConvNeXt, BEiT or MAE, or 'stage_wise' with ConvNeXt",
                    "'" + type + "' with " + backbone,
                    "use another backbone, or drop optim_wrapper.constructor");
        }
        Depths depths = new Depths(kind, c.integer("num_layers"), rate);
        c.done();
        return depths;
    }
}
