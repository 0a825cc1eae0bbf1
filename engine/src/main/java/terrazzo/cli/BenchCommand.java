package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.data.datasets.DataRoot;
import terrazzo.runtime.TorchRuntime;
import terrazzo.train.TrainBenchmark;
import terrazzo.train.model.TrainableModel.Precision;

/// Measures what training a config costs on this machine.
@Command(
        name = "bench",
        description = "Measure training: images per second of the loader, seconds per step in each precision.",
        footer = {"", "Example:", "  terrazzo bench my_config.py --data-root data/camvid --rounds 5"})
final class BenchCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "config file, or the name of a packed one")
    private String config = "";

    @Option(
            names = "--data-root",
            paramLabel = "DIR",
            description = "folder of the data (default: what the config says)")
    private @Nullable Path dataRoot;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "steps to measure in each precision (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N (default: ${DEFAULT-VALUE}, a GPU where one works)")
    private String device = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads that one operator may use (default: one per core)")
    private int threads;

    @Mixin
    private CfgOptions cfgOptions = new CfgOptions();

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Config read = new ConfigLocator().load(config, cfgOptions.values());
        if (dataRoot != null) {
            read = DataRoot.set(read, dataRoot);
        }
        if (threads > 0) {
            TorchRuntime.threads(threads);
        }
        TrainBenchmark.Result result =
                new TrainBenchmark(read.root(), console.catalogues(), Math.max(1, rounds)).run(device);
        console.out().printf("loader alone      %8.1f images/s%n", result.loaderImagesPerSecond());
        double plain = result.secondsPerStep().getOrDefault(Precision.PLAIN, Double.NaN);
        for (Map.Entry<Precision, Double> entry : result.secondsPerStep().entrySet()) {
            console.out()
                    .printf(
                            "%-17s %8.3f s/step %8.1f images/s %6.2fx%n",
                            name(entry.getKey()),
                            entry.getValue(),
                            result.batchSize() / entry.getValue(),
                            plain / entry.getValue());
        }
        return ExitCode.OK;
    }

    private static String name(Precision precision) {
        return switch (precision) {
            case PLAIN -> "fp32 NCHW";
            case FP32 -> "fp32 channels-last";
            case BF16 -> "bf16 channels-last";
        };
    }
}
