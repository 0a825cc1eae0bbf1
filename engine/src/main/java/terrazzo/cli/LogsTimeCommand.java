package terrazzo.cli;

import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import terrazzo.train.logs.NamedRun;
import terrazzo.train.logs.TimeReport;
import terrazzo.train.logs.TimeReport.EpochTime;

/// Says how long iterations took.
@Command(
        name = "average-time",
        header = "Say how long iterations took.",
        description = {
            "Say how long iterations took: mean, deviation and median of the logged times, how much of it was waiting"
                    + " for data, and the slowest and fastest epoch where epochs are counted. The first value of the"
                    + " run and of each epoch is left out, because it holds what happens only once."
        },
        footer = {"Example:", "  terrazzo logs average-time work_dirs"})
final class LogsTimeCommand implements Callable<Integer> {

    private static final Comparator<EpochTime> BY_MEAN = Comparator.comparingDouble(EpochTime::mean);

    private final Console console;

    @Mixin
    private LogFiles files = new LogFiles();

    @Option(names = "--include-outliers", description = "count the first values, too")
    private boolean hasFirst;

    LogsTimeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Table table = new Table(
                "run", " rows", " s/iter", " deviation", " median", " data wait", " slowest epoch", " fastest epoch");
        for (NamedRun run : files.read(console)) {
            TimeReport report = TimeReport.of(run.log(), hasFirst);
            table.row(
                    run.name(),
                    String.valueOf(report.rows()),
                    seconds(report.mean()),
                    seconds(report.deviation()),
                    seconds(report.median()),
                    report.dataShare().isEmpty()
                            ? "-"
                            : String.format(
                                    Locale.ROOT, "%.1f %%", report.dataShare().getAsDouble() * 100),
                    report.epochs().stream()
                            .max(BY_MEAN)
                            .map(LogsTimeCommand::epoch)
                            .orElse("-"),
                    report.epochs().stream()
                            .min(BY_MEAN)
                            .map(LogsTimeCommand::epoch)
                            .orElse("-"));
        }
        console.out().print(table.text());
        return ExitCode.OK;
    }

    private static String epoch(EpochTime epoch) {
        return epoch.epoch() + ": " + seconds(epoch.mean());
    }

    private static String seconds(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
