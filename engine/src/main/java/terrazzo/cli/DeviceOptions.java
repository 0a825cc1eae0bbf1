package terrazzo.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import terrazzo.runtime.TorchRuntime;

/// Options of all commands that run a network: where, and on how many threads.
final class DeviceOptions {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N (default: ${DEFAULT-VALUE}, a GPU where one works)")
    private String device = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Count.class,
            description = "threads that one operator may use (default: one per core)")
    private int threads;

    /// `auto`, `cpu` or `cuda:N`.
    String device() {
        return device;
    }

    /// Sets the number of threads where the user named one, which loads libtorch.
    void limitThreads() {
        if (threads > 0) {
            TorchRuntime.threads(threads);
        }
    }

    static final class Count implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!text.matches("[1-9]\\d{0,3}")) {
                throw new TypeConversionException("expected 1 or more, got '" + text + "'");
            }
            return Integer.valueOf(text);
        }
    }
}
