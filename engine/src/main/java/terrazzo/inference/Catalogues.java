package terrazzo.inference;

import java.util.Set;
import java.util.stream.Collectors;
import terrazzo.config.ConfigNode;
import terrazzo.data.datasets.Datasets;
import terrazzo.data.datasets.DatasetsExtension;
import terrazzo.data.transforms.Transforms;
import terrazzo.data.transforms.TransformsExtension;
import terrazzo.metrics.Metrics;
import terrazzo.metrics.MetricsExtension;
import terrazzo.models.Parts;
import terrazzo.models.PartsExtension;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.plugin.Plugins;

/// Everything that a config can name: what comes with the engine and what plugins add. Making one takes some tens of
/// milliseconds; make it once, when it is needed.
///
/// @param plugins asked for additions
/// @param parts of models
/// @param transforms of pipelines
/// @param datasets read with those transforms
/// @param metrics of evaluators
public record Catalogues(Plugins plugins, Parts parts, Transforms transforms, Datasets datasets, Metrics metrics) {

    /// What comes with the engine, without plugins.
    public static Catalogues builtIn() {
        return of(Plugins.none());
    }

    /// What comes with the engine, and what the plugins add.
    public static Catalogues of(Plugins plugins) {
        Parts parts = plugins.extend(PartsExtension.class, StandardParts.parts(), Parts::contents);
        Transforms transforms =
                plugins.extend(TransformsExtension.class, Transforms.builtIn(), t -> contents("transform", t.names()));
        Datasets datasets = plugins.extend(
                DatasetsExtension.class, Datasets.builtIn(transforms), d -> contents("data set", d.names()));
        Metrics metrics = plugins.extend(MetricsExtension.class, Metrics.builtIn(), m -> contents("metric", m.names()));
        return new Catalogues(plugins, parts, transforms, datasets, metrics);
    }

    /// Checks that the plugins which a config's `custom_imports` names are there.
    ///
    /// @throws terrazzo.core.error.ConfigException when one is missing or has failed
    public void require(ConfigNode root) {
        plugins.require(root);
    }

    private static Set<String> contents(String kind, Set<String> names) {
        return names.stream().map(name -> kind + " " + name).collect(Collectors.toUnmodifiableSet());
    }
}
