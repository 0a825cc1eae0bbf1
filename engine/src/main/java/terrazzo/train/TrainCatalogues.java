package terrazzo.train;

import java.util.Set;
import java.util.stream.Collectors;
import terrazzo.plugin.Plugins;
import terrazzo.train.hooks.Hooks;
import terrazzo.train.optim.OptimWrapperConstructors;
import terrazzo.train.optim.OptimWrapperConstructorsExtension;
import terrazzo.train.optim.Optimizers;
import terrazzo.train.optim.OptimizersExtension;
import terrazzo.train.schedule.ParamSchedulers;
import terrazzo.train.schedule.ParamSchedulersExtension;

/// What a config can name beyond [terrazzo.inference.Catalogues] where it is trained with.
///
/// @param optimizers that move weights
/// @param constructors that sort weights into groups
/// @param schedulers of learning rate and momentum
/// @param hooks that act between iterations
public record TrainCatalogues(
        Optimizers optimizers, OptimWrapperConstructors constructors, ParamSchedulers schedulers, Hooks hooks) {

    /// What comes with the engine, and what the plugins add.
    public static TrainCatalogues of(Plugins plugins) {
        return new TrainCatalogues(
                plugins.extend(OptimizersExtension.class, Optimizers.builtIn(), o -> contents("optimizer", o.names())),
                plugins.extend(
                        OptimWrapperConstructorsExtension.class,
                        OptimWrapperConstructors.builtIn(),
                        c -> contents("constructor", c.names())),
                plugins.extend(
                        ParamSchedulersExtension.class,
                        ParamSchedulers.builtIn(),
                        s -> contents("schedule", s.rules())),
                Hooks.of(plugins));
    }

    private static Set<String> contents(String kind, Set<String> names) {
        return names.stream().map(name -> kind + " " + name).collect(Collectors.toUnmodifiableSet());
    }
}
