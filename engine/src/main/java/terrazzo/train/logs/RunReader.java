package terrazzo.train.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import terrazzo.core.error.LogException;

/// Reads the logs of one run, and goes on reading while they grow. One thread at a time.
public final class RunReader {

    private static final long PEEK = 1 << 16;

    private RunFiles files;
    private LogBuilder builder = new LogBuilder();
    private RunPlace place = new RunPlace();
    private final List<LogFile> opened = new ArrayList<>();

    public RunReader(RunFiles files) {
        this.files = files;
    }

    /// Reads a whole log: a file, or a folder that holds one run.
    ///
    /// @throws LogException when there is no log
    public static RunLog read(Path path) throws IOException {
        RunReader reader = new RunReader(RunFiles.find(path).getFirst());
        reader.poll();
        return reader.snapshot();
    }

    public RunFiles files() {
        return files;
    }

    /// Reads what was appended since the last call; everything at the first one. A file that was replaced by
    /// another is read from its start.
    ///
    /// @return whether the log has changed
    /// @throws LogException when a file is missing or no log
    public boolean poll() throws IOException {
        if (isReplaced()) {
            restart();
        }
        boolean changed = !opened.isEmpty() && opened.getLast().poll(builder, Long.MAX_VALUE);
        for (Path next : files.logs().subList(opened.size(), files.logs().size())) {
            place.begin(SessionStamp.startSeconds(next));
            LogFile file = LogFile.open(next, place);
            opened.add(file);
            changed |= file.poll(builder, Long.MAX_VALUE);
        }
        return changed;
    }

    /// Goes on with files that were found later, when the run was resumed or its folder moved.
    public void follow(RunFiles found) {
        List<Path> known = files.logs();
        if (found.logs().size() < known.size()
                || !found.logs().subList(0, known.size()).equals(known)) {
            restart();
        }
        files = found;
    }

    /// What was read so far.
    public RunLog snapshot() {
        return builder.snapshot(files.folder().toString());
    }

    /// The first iteration that a file logs, `Long.MAX_VALUE` when it logs none yet.
    static long firstStep(Path log) throws IOException {
        LogBuilder builder = new LogBuilder();
        LogFile.open(log, new RunPlace()).poll(builder, PEEK);
        return builder.rows() == 0 ? Long.MAX_VALUE : builder.step(0);
    }

    private boolean isReplaced() throws IOException {
        for (LogFile file : opened) {
            if (file.isReplaced()) {
                return true;
            }
        }
        return false;
    }

    private void restart() {
        builder = new LogBuilder();
        place = new RunPlace();
        opened.clear();
    }
}
