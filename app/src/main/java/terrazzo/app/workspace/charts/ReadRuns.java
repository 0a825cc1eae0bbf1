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
import terrazzo.train.logs.ConfigDifference;
import terrazzo.train.logs.RunFiles;
import terrazzo.train.logs.RunLog;
import terrazzo.train.logs.RunReader;

/// What was found in files that the user gave. Made by tasks.
///
/// @param rows the runs
/// @param empty folders that hold none
record ReadRuns(List<RunRow> rows, List<Path> empty) {

    ReadRuns {
        rows = List.copyOf(rows);
        empty = List.copyOf(empty);
    }

    /// @throws terrazzo.core.error.LogException when a file is no log
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
        for (RunFiles run : found) {
            cancellation.check();
            progress.at(rows.size(), found.size(), run.folder().toString());
            RunReader reader = new RunReader(run);
            reader.poll();
            rows.add(new RunRow(reader, reader.snapshot(), config(run)));
        }
        return new ReadRuns(rows, empty);
    }

    /// The logs that have grown since they were read.
    static Map<RunRow, RunLog> grown(List<RunRow> rows) throws IOException {
        Map<RunRow, RunLog> logs = new LinkedHashMap<>();
        for (RunRow row : rows) {
            RunFiles files = row.reader().files();
            if (!Files.exists(files.folder())) {
                continue; // deleted; what was read stays on screen
            }
            if (RunFiles.isAny(files.folder()) && Files.isDirectory(files.folder())) {
                RunFiles.find(files.folder()).stream()
                        .filter(now -> now.folder().equals(files.folder()))
                        .findFirst()
                        .ifPresent(row.reader()::follow);
            }
            if (row.reader().poll()) {
                logs.put(row, row.reader().snapshot());
            }
        }
        return logs;
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
