package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.data.datasets.DataRoot;

/// The config that a command trains with, and where: shared by all commands that take training steps.
final class TrainedConfig {

    @Parameters(index = "0", paramLabel = "CONFIG", description = "config file, or the name of a packed one")
    private String config = "";

    @Option(
            names = "--data-root",
            paramLabel = "DIR",
            description = "folder of the data (default: what the config says)")
    private @Nullable Path dataRoot;

    @Mixin
    private DeviceOptions deviceOptions = new DeviceOptions();

    @Mixin
    private CfgOptions cfgOptions = new CfgOptions();

    /// Reads the config as the options change it, and sets the number of threads.
    Config open() throws IOException {
        Config read = new ConfigLocator().load(config, cfgOptions.values());
        deviceOptions.limitThreads();
        return dataRoot == null ? read : DataRoot.set(read, dataRoot);
    }

    /// What the user called the config.
    String name() {
        return config;
    }

    String device() {
        return deviceOptions.device();
    }
}
