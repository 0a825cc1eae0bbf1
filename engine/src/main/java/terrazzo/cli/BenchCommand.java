package terrazzo.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import terrazzo.config.Config;
import terrazzo.train.TrainBenchmark;
import terrazzo.train.model.TrainableModel.Precision;

/// Measures what training a config costs on this machine.
@Command(
        name = "bench",
        description = "Measure training: images per second of the loader, seconds per step in each precision.",
        footer = {"", "Example:", "  terrazzo bench my_config.py --data-root data/camvid --rounds 5"})
final class BenchCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "steps to measure in each precision (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Mixin
    private TrainedConfig config = new TrainedConfig();

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Config read = config.open();
        TrainBenchmark.Result result =
                new TrainBenchmark(read.root(), console.catalogues(), Math.max(1, rounds)).run(config.device());
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
