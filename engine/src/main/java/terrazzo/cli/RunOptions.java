package terrazzo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.inference.Catalogues;
import terrazzo.inference.ModelRequest;
import terrazzo.inference.Precision;
import terrazzo.inference.SegModel;

/// Options of commands that run a model which their arguments name: where, how precisely, on how many threads.
/// [ModelOptions] adds options that name the model.
public class RunOptions {

    private final Supplier<Catalogues> catalogues;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private DeviceOptions deviceOptions = new DeviceOptions();

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "fp32",
            description = "fp32, or bf16: faster where the processor knows it, slightly different labels (default:"
                    + " ${DEFAULT-VALUE})")
    private String precision = "fp32";

    @Mixin
    private CfgOptions cfgOptions = new CfgOptions();

    /// @param catalogues what configs can name; asked for when a model is opened
    RunOptions(Supplier<Catalogues> catalogues) {
        this.catalogues = catalogues;
    }

    /// The options that set values of the config.
    public final List<String> cfgOptions() {
        return cfgOptions.values();
    }

    /// Opens a model on the device and with the precision that the user chose.
    ///
    /// @param config a file, or the name of a packed config
    public final SegModel open(String config, Path checkpoint) throws IOException {
        return open(new ConfigLocator().load(config, cfgOptions()), checkpoint);
    }

    /// Opens a model whose config was read.
    public final SegModel open(Config config, Path checkpoint) throws IOException {
        SegModel model = SegModel.open(
                new ModelRequest(config, checkpoint, deviceOptions.device(), Precision.parse(precision)),
                catalogues.get());
        PrintWriter err = command.commandLine().getErr();
        model.checkpointReport().lines().forEach(line -> err.println("warning: " + line));
        deviceOptions.limitThreads(); // after the weights, which say first what is wrong with them
        return model;
    }

    final ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
