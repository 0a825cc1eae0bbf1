package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.inference.zoo.DefaultModel;
import terrazzo.inference.zoo.ZooModel;

/// What `--model` names: the bundled model or one of the catalogue.
///
/// @param config with the command line's options
/// @param checkpoint its trained weights, on this machine
record NamedModel(Config config, Path checkpoint) {

    /// Finds a model; its weights are downloaded when they aren't here.
    ///
    /// @param name [DefaultModel#NAME], or a model of the catalogue
    /// @param cfgOptions `key=value` each
    static NamedModel find(Console console, String name, List<String> cfgOptions) throws IOException {
        if (name.equals(DefaultModel.NAME)) {
            return new NamedModel(
                    DefaultModel.config(cfgOptions),
                    DefaultModel.weights(console.userFolder().cache()));
        }
        ZooModel published = PublishedModel.find(name);
        return new NamedModel(
                new ConfigLocator().load(published.config(), cfgOptions),
                PublishedModel.checkpoint(console, published));
    }
}
