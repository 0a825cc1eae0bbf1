package terrazzo.train.logs;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.LogException;

/// The log files of one run, one for each session, the earliest first.
///
/// @param folder the run's work dir; the session's folder where a work dir holds several runs; the file
///     itself where a file was named
/// @param logs the files that [RunReader] reads
public record RunFiles(Path folder, List<Path> logs) {

    private static final int DEPTH = 16;

    public RunFiles {
        logs = List.copyOf(logs);
    }

    /// Whether there is something to find: a file, or a folder with logs in it.
    public static boolean isAny(Path given) throws IOException {
        return !Files.isDirectory(given) || !below(given).sessions.isEmpty();
    }

    private static WorkDirs below(Path folder) throws IOException {
        WorkDirs found = new WorkDirs();
        Files.walkFileTree(folder.toAbsolutePath().normalize(), EnumSet.noneOf(FileVisitOption.class), DEPTH, found);
        return found;
    }

    /// The runs below a folder, by folder; or the one run of a log file. In a folder that holds both, JSON is
    /// taken rather than TensorBoard's files, which say the same. Sessions of one work dir are one run,
    /// unless a later one began anew.
    ///
    /// @throws LogException when there is none
    public static List<RunFiles> find(Path given) throws IOException {
        if (!Files.isDirectory(given)) {
            return List.of(new RunFiles(given, List.of(given)));
        }
        WorkDirs found = below(given);
        List<RunFiles> runs = new ArrayList<>();
        for (Map.Entry<Path, TreeMap<String, Path>> dir : found.sessions.entrySet()) {
            runs.addAll(split(dir.getKey(), List.copyOf(dir.getValue().values())));
        }
        if (runs.isEmpty()) {
            throw new LogException(Complaint.at(given.toString())
                    .expected("a folder with scalars.json, .log.json or TensorBoard event files")
                    .got("none in it")
                    .advice("give the work dir of a run"));
        }
        return runs;
    }

    /// The config of the run, where one was kept beside its log.
    public Optional<Path> config() throws IOException {
        Path last = logs.getLast().toAbsolutePath();
        for (Path at = last.getParent(); at != null && at.startsWith(root()); at = at.getParent()) {
            try (Stream<Path> files = Files.list(at)) {
                Optional<Path> config =
                        files.filter(f -> f.toString().endsWith(".py")).sorted().findFirst();
                if (config.isPresent()) {
                    return config;
                }
            }
        }
        return Optional.empty();
    }

    private Path root() {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            Path parent = SessionStamp.sessionFolder(absolute);
            absolute = parent;
        }
        Path above = absolute.getParent();
        return SessionStamp.isStamp(absolute) && above != null ? above : absolute;
    }

    /// One run for each session that begins where the first one did, or before.
    private static List<RunFiles> split(Path workDir, List<Path> sessions) throws IOException {
        List<List<Path>> runs = new ArrayList<>();
        long begin = Long.MAX_VALUE;
        for (Path session : sessions) {
            long first = RunReader.firstStep(session);
            if (runs.isEmpty() || first <= begin) {
                runs.add(new ArrayList<>());
                begin = first;
            }
            runs.getLast().add(session);
        }
        return runs.stream()
                .map(logs ->
                        new RunFiles(runs.size() == 1 ? workDir : SessionStamp.sessionFolder(logs.getFirst()), logs))
                .toList();
    }

    /// Collects log files by work dir and session.
    private static final class WorkDirs extends SimpleFileVisitor<Path> {

        private final TreeMap<Path, TreeMap<String, Path>> sessions = new TreeMap<>();

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.getFileName() != null
                            && folder.getFileName().toString().startsWith(".")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (SessionStamp.isLog(file) && attributes.size() > 0) {
                sessions.computeIfAbsent(SessionStamp.workDir(file), _ -> new TreeMap<>())
                        .merge(SessionStamp.session(file), file, SessionStamp::preferred);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // a folder that may not be read holds no logs for us
        }
    }
}
