package terrazzo.train.optim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Parameter;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Norm;
import terrazzo.models.Segmentor;

/// mmengine's own way: one group of all weights, or one group per weight when `paramwise_cfg` says anything.
///
/// - `custom_keys`: the longest key that the weight's name contains decides; among equally long ones the first of the
///   alphabet. `lr_mult` and `decay_mult` count, whatever else it says is added to the group
/// - else `bias_lr_mult`, `bias_decay_mult`, `norm_decay_mult`, `dwconv_decay_mult`, `dcn_offset_lr_mult`
final class DefaultOptimWrapperConstructor implements OptimWrapperConstructor {

    /// Deformable convolutions, which only plugins bring.
    private static final Set<String> DEFORMABLE =
            Set.of("DeformConv2d", "DeformConv2dPack", "ModulatedDeformConv2d", "ModulatedDeformConv2dPack");

    @Override
    public List<ParamGroup> groups(Segmentor model, ConfigNode optimWrapper) {
        ConfigNode optimizer = optimWrapper.node("optimizer");
        Optional<ConfigNode> paramwise =
                optimWrapper.optionalNode("paramwise_cfg").filter(c -> !c.keys().isEmpty());
        if (paramwise.isEmpty()) {
            List<String> keys = model.modules()
                    .flatMap(m -> m.ownParameters().stream())
                    .map(Parameter::key)
                    .toList();
            return List.of(new ParamGroup(keys, Map.of()));
        }
        Rules rules = Rules.read(optimizer, paramwise.get());
        List<ParamGroup> groups = new ArrayList<>();
        add(groups, model, rules, false);
        return groups;
    }

    private static void add(List<ParamGroup> groups, Module module, Rules rules, boolean inDeformable) {
        for (Parameter parameter : module.ownParameters()) {
            Map<String, PickleValue> own =
                    parameter.isTrainable() ? rules.settings(module, parameter, inDeformable) : Map.of();
            groups.add(new ParamGroup(List.of(parameter.key()), own));
        }
        boolean deformable = DEFORMABLE.contains(module.getClass().getSimpleName());
        module.ownChildren().forEach(child -> add(groups, child, rules, deformable));
    }

    /// @param lr what every weight has without a rule
    /// @param decay the weight decay without a rule; empty when the config doesn't say it
    private record Rules(double lr, Optional<Double> decay, List<CustomKey> customKeys, Factors factors) {

        static Rules read(ConfigNode optimizer, ConfigNode c) {
            Optional<Double> decay =
                    optimizer.has("weight_decay") ? Optional.of(optimizer.number("weight_decay")) : Optional.empty();
            for (String key : List.of("bias_decay_mult", "norm_decay_mult", "dwconv_decay_mult")) {
                if (c.has(key) && decay.isEmpty()) {
                    throw noDecay(c, key);
                }
            }
            List<CustomKey> customKeys = new ArrayList<>();
            c.optionalNode("custom_keys").ifPresent(keys -> {
                for (String key : keys.keys()) {
                    CustomKey custom = CustomKey.read(key, keys.node(key));
                    if (custom.factors.containsKey("decay_mult") && decay.isEmpty()) {
                        throw noDecay(keys.node(key), "decay_mult");
                    }
                    customKeys.add(custom);
                }
            });
            customKeys.sort(
                    Comparator.comparingInt((CustomKey k) -> -k.key.length()).thenComparing(CustomKey::key));
            c.ignoring("bypass_duplicate"); // shared weights are in one group only, always
            Rules rules = new Rules(optimizer.number("lr", 1e-3), decay, customKeys, Factors.read(c));
            c.done();
            return rules;
        }

        private static RuntimeException noDecay(ConfigNode c, String key) {
            return c.error(key, "weight_decay in the optimizer to multiply", "none", "set optimizer.weight_decay");
        }

        Map<String, PickleValue> settings(Module module, Parameter parameter, boolean inDeformable) {
            String path = module.path() + "." + parameter.leaf();
            for (CustomKey custom : customKeys) {
                if (path.contains(custom.key)) {
                    return custom.settings(lr, decay);
                }
            }
            Map<String, PickleValue> own = new LinkedHashMap<>();
            boolean norm = module instanceof Norm;
            boolean bias = parameter.leaf().equals("bias");
            if (bias && !norm && !inDeformable) {
                own.put("lr", PickleValue.of(lr * factors.biasLr));
            }
            if (inDeformable && module instanceof Conv2d && module.path().contains("conv_offset")) {
                own.put("lr", PickleValue.of(lr * factors.deformableOffsetLr));
            }
            decay.map(d -> d * decayFactor(module, norm, bias && !inDeformable))
                    .filter(_ -> norm || isDepthwise(module) || (bias && !inDeformable))
                    .ifPresent(d -> own.put("weight_decay", PickleValue.of(d)));
            return own;
        }

        private double decayFactor(Module module, boolean norm, boolean bias) {
            if (norm) {
                return factors.normDecay;
            } else if (isDepthwise(module)) {
                return factors.depthwiseDecay;
            }
            return bias ? factors.biasDecay : 1;
        }

        private static boolean isDepthwise(Module module) {
            return module instanceof Conv2d conv
                    && conv.spec().groups() == conv.spec().in();
        }
    }

    /// @param key part of a weight's name
    /// @param factors what stands there, in order
    private record CustomKey(String key, Map<String, PickleValue> factors) {

        static CustomKey read(String key, ConfigNode c) {
            Map<String, PickleValue> factors = new LinkedHashMap<>();
            c.dict().entries().forEach((name, value) -> factors.put(name, Pickled.of(value)));
            c.number("lr_mult", 1);
            c.number("decay_mult", 1);
            return new CustomKey(key, factors);
        }

        Map<String, PickleValue> settings(double lr, Optional<Double> decay) {
            Map<String, PickleValue> own = new LinkedHashMap<>();
            own.put("lr", PickleValue.of(lr * factor("lr_mult")));
            decay.ifPresent(d -> own.put("weight_decay", PickleValue.of(d * factor("decay_mult"))));
            own.putAll(factors);
            return own;
        }

        private double factor(String name) {
            return Optional.ofNullable(factors.get(name))
                    .flatMap(PickleValue::asDouble)
                    .orElse(1.0);
        }
    }

    private record Factors(
            double biasLr, double biasDecay, double normDecay, double depthwiseDecay, double deformableOffsetLr) {

        static Factors read(ConfigNode c) {
            return new Factors(
                    c.number("bias_lr_mult", 1),
                    c.number("bias_decay_mult", 1),
                    c.number("norm_decay_mult", 1),
                    c.number("dwconv_decay_mult", 1),
                    c.number("dcn_offset_lr_mult", 1));
        }
    }
}
