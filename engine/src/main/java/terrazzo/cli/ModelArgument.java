package terrazzo.cli;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.report.TracedModule;
import terrazzo.models.Segmentor;

/// The model that a command describes, built from a config without weights, and the image that it is called on. Use as
/// `@Mixin`.
final class ModelArgument {

    private static final int CHANNELS = 3;
    private static final int USUAL_SIZE = 512;

    private final Console console;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONFIG", description = "a file, or the name of a packed config in 1.x or 0.x")
    private String config = "";

    @Option(
            names = "--shape",
            paramLabel = "SIZE",
            arity = "1..2",
            description = "size of the image in pixels: height and width, or one number for both (default: the"
                    + " config's crop size)")
    private List<Integer> shape = List.of();

    @Mixin
    private CfgOptions cfgOptions = new CfgOptions();

    private @Nullable Config read;

    ModelArgument(Console console) {
        this.console = console;
    }

    /// What the user wrote.
    String name() {
        return config;
    }

    Config config() throws IOException {
        Config known = read;
        if (known == null) {
            known = new ConfigLocator().load(config, cfgOptions.values());
            console.catalogues().require(known.root());
            read = known;
        }
        return known;
    }

    Segmentor segmentor() throws IOException {
        return console.catalogues().parts().segmentor(config().root().node("model"));
    }

    /// Whether the size of the image was said.
    boolean isSizeGiven() {
        return !shape.isEmpty();
    }

    /// The size that was said, or the only one that the model takes, or the one it is trained with.
    Size size(Segmentor segmentor) throws IOException {
        if (shape.stream().anyMatch(n -> n < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--shape: expected height and width above 0, got " + shape);
        }
        if (isSizeGiven()) {
            return new Size(shape.getFirst(), shape.getLast());
        }
        if (segmentor.inputSize().isPresent()) {
            return segmentor.inputSize().get();
        }
        ConfigNode root = config().root();
        List<Integer> crop =
                root.keys().contains("crop_size") ? root.ints("crop_size", List.of()) : List.of(USUAL_SIZE);
        return new Size(crop.getFirst(), crop.getLast());
    }

    /// The model called on one image of a size.
    static TracedModule call(Segmentor segmentor, Size size) {
        return TracedModule.of(segmentor, Shape.of(1, CHANNELS, size.height(), size.width()), segmentor::encodeDecode);
    }

    /// The model called on images of any size.
    static TracedModule call(Segmentor segmentor) {
        Shape any = Shape.of(Dim.symbol("N"), Dim.of(CHANNELS), Dim.symbol("H"), Dim.symbol("W"));
        return TracedModule.of(segmentor, any, segmentor::encodeDecode);
    }
}
