package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.inference.SegModel;
import terrazzo.inference.zoo.DefaultModel;

/// Options of commands that run a model: which, where and how. Use as `@Mixin`.
public final class ModelOptions extends RunOptions {

    private final Console console;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "CONFIG",
            description = "config file, or the name of a packed one (default: what the checkpoint carries)")
    private @Nullable String config;

    @Option(
            names = {"-k", "--checkpoint"},
            paramLabel = "FILE",
            description = "trained weights: .pth or .safetensors")
    private @Nullable Path checkpoint;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "a model of the catalogue, instead of config and checkpoint; its weights are downloaded when"
                    + " needed, 'terrazzo model list' names them. Without any of the three the small bundled model"
                    + " is used, which is also named default")
    private @Nullable String model;

    /// @param console knows where models and caches are, and what configs can name
    public ModelOptions(Console console) {
        super(console::catalogues);
        this.console = console;
    }

    /// Opens the model that the options name, or the bundled one.
    public SegModel open() throws IOException {
        if (model != null && config != null) {
            throw usage("--model and --config: expected one of them, got both");
        }
        if (model != null) {
            if (checkpoint != null) {
                return open(named(model), checkpoint);
            }
            return open(NamedModel.find(console, model, cfgOptions()));
        }
        if (checkpoint != null) {
            return open(config != null ? named(config) : carried(checkpoint), checkpoint);
        }
        if (config != null) {
            throw usage("--config: expected --checkpoint with it, got none");
        }
        return open(NamedModel.find(console, DefaultModel.NAME, cfgOptions()));
    }

    private SegModel open(NamedModel found) throws IOException {
        return open(found.config(), found.checkpoint());
    }

    private Config named(String name) throws IOException {
        return new ConfigLocator().load(name, cfgOptions());
    }

    /// The config whose text the checkpoint keeps; mmengine and MMSegmentation 0.x put it there.
    private Config carried(Path file) throws IOException {
        String text = Checkpoint.load(file).meta().configText();
        if (text.isBlank()) {
            throw new CheckpointException(Complaint.at(file.toString())
                    .expected("a checkpoint that carries its config")
                    .got("none in it")
                    .advice("name the config with --config"));
        }
        return Config.parse(text, file + " (its config)").with(cfgOptions());
    }
}
