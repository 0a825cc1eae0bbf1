package terrazzo.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import terrazzo.core.AtomicFile;
import terrazzo.train.logs.LogCsv;
import terrazzo.train.logs.NamedRun;

/// Writes logs as a table.
@Command(
        name = "csv",
        header = "Write logs as one table of comma-separated values.",
        description = {
            "Write logs as one table of comma-separated values: a line for each logged row of each run, with iteration,"
                    + " epoch, seconds of training, time of day (UTC) and a column for each key."
        },
        footer = {"Example:", "  terrazzo logs csv work_dirs --keys loss mIoU --out runs.csv"})
final class LogsCsvCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LogFiles files = new LogFiles();

    @Mixin
    private OutputFile output = new OutputFile();

    @Option(names = "--keys", paramLabel = "KEY", arity = "1..*", description = "which columns (default: all)")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "the file to write (default: print)")
    private @Nullable Path out;

    LogsCsvCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path file = out;
        if (file != null) {
            output.check(file);
        }
        List<NamedRun> runs = files.read(console);
        Collection<String> columns = keys.isEmpty() ? LogCsv.keys(runs) : keys;
        for (String key : keys) {
            if (runs.stream().noneMatch(run -> run.log().has(key))) {
                runs.getFirst().log().series(key); // says which keys there are
            }
        }
        if (file == null) {
            LogCsv.write(runs, columns, console.out());
            return ExitCode.OK;
        }
        AtomicFile.write(file, stream -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            LogCsv.write(runs, columns, writer);
            writer.flush();
        });
        console.say("wrote " + file + ": " + columns.size() + " keys of " + runs.size()
                + (runs.size() == 1 ? " run" : " runs"));
        return ExitCode.OK;
    }
}
