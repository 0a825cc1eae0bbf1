package terrazzo.train.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.models.Segmentor;

/// The catalogue of ways to sort weights into groups, by registered name. Immutable; plugins add theirs with [#with].
public final class OptimWrapperConstructors {

    private static final String DEFAULT = "DefaultOptimWrapperConstructor";

    private final Map<String, OptimWrapperConstructor> constructorByName;

    private OptimWrapperConstructors(Map<String, OptimWrapperConstructor> constructorByName) {
        this.constructorByName = constructorByName;
    }

    public static OptimWrapperConstructors builtIn() {
        Map<String, OptimWrapperConstructor> m = new LinkedHashMap<>();
        m.put(DEFAULT, new DefaultOptimWrapperConstructor());
        m.put("LearningRateDecayOptimizerConstructor", LearningRateDecayOptimizerConstructor.standard());
        m.put("LayerDecayOptimizerConstructor", LearningRateDecayOptimizerConstructor.ofLayers());
        return new OptimWrapperConstructors(m);
    }

    /// This catalogue with one more constructor; a name that is there already is replaced.
    public OptimWrapperConstructors with(String name, OptimWrapperConstructor constructor) {
        Map<String, OptimWrapperConstructor> more = new LinkedHashMap<>(constructorByName);
        more.put(name, constructor);
        return new OptimWrapperConstructors(more);
    }

    public Set<String> names() {
        return Set.copyOf(constructorByName.keySet());
    }

    /// The groups that an `optim_wrapper` dict asks for.
    ///
    /// @throws ConfigException when the constructor or a key of `paramwise_cfg` is unknown or wrong
    public List<ParamGroup> groups(Segmentor model, ConfigNode optimWrapper) {
        String name = optimWrapper.string("constructor", DEFAULT);
        String plain = name.substring(name.lastIndexOf('.') + 1); // without a scope such as mmseg.
        OptimWrapperConstructor constructor = constructorByName.get(plain);
        if (constructor == null) {
            throw optimWrapper.error(
                    "constructor",
                    "a constructor of optimizers",
                    "'" + name + "'",
                    Nearest.suggestion(plain, constructorByName.keySet()));
        }
        return constructor.groups(model, optimWrapper);
    }
}
