package terrazzo.app.workspace.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.Config;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.error.EngineException;
import terrazzo.core.error.LogException;
import terrazzo.train.logs.ConfigDifference;
import terrazzo.train.logs.RunFiles;
import terrazzo.train.logs.RunLog;
import terrazzo.train.logs.RunReader;

/// What was found in files that the user gave. Made by tasks.
///
/// @param rows the runs
/// @param empty folders that hold none
/// @param failures of logs that could not be read
record ReadRuns(List<RunRow> rows, List<Path> empty, List<Exception> failures) {

    ReadRuns {
        rows = List.copyOf(rows);
        empty = List.copyOf(empty);
        failures = List.copyOf(failures);
    }

    /// One log that can't be read doesn't keep the others from being shown.
    static ReadRuns of(List<Path> files, Progress progress, Cancellation cancellation) throws IOException {
        List<RunFiles> found = new ArrayList<>();
        List<Path> empty = new ArrayList<>();
        for (Path file : files) {
            if (RunFiles.isAny(file)) {
                found.addAll(RunFiles.find(file));
            } else {
                empty.add(file);
            }
        }
        List<RunRow> rows = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        for (RunFiles run : found) {
            cancellation.check();
            progress.at(rows.size(), found.size(), run.folder().toString());
            RunReader reader = new RunReader(run);
            try {
                reader.poll();
                rows.add(new RunRow(reader, reader.snapshot(), config(run)));
            } catch (LogException | IOException e) {
                failures.add(e);
            }
        }
        return new ReadRuns(rows, empty, failures);
    }

    /// The logs that have grown since they were read. Where a log is gone or broken now, what was read of it stays
    /// on screen.
    static Map<RunRow, RunLog> grown(List<RunRow> rows) {
        Map<RunRow, RunLog> logs = new LinkedHashMap<>();
        for (RunRow row : rows) {
            try {
                if (hasGrown(row.reader())) {
                    logs.put(row, row.reader().snapshot());
                }
            } catch (LogException | IOException _) { // told once a second it would only be in the way
            }
        }
        return logs;
    }

    private static boolean hasGrown(RunReader reader) throws IOException {
        RunFiles files = reader.files();
        if (!Files.exists(files.folder())) {
            return false;
        }
        if (RunFiles.isAny(files.folder()) && Files.isDirectory(files.folder())) {
            RunFiles.find(files.folder()).stream()
                    .filter(now -> now.folder().equals(files.folder()))
                    .findFirst()
                    .ifPresent(reader::follow);
        }
        return reader.poll();
    }

    private static Map<String, String> config(RunFiles run) throws IOException {
        Optional<Path> file = run.config();
        if (file.isEmpty()) {
            return Map.of();
        }
        try {
            return ConfigDifference.flatten(Config.load(file.get()).dict());
        } catch (EngineException _) { // curves are shown without it
            return Map.of();
        }
    }
}
