package terrazzo.app.workspace.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import terrazzo.core.AtomicFile;

/// A run's work dir, as the studio reads and writes it.
///
/// @param workDir the folder of config and checkpoints
record RunDir(Path workDir) {

    /// What the process says on its standard streams.
    static final String OUTPUT = "studio.log";

    /// The config that a run is started with.
    static final String CONFIG = "studio.py";

    private static final String FAILURE = "error: ";
    private static final Pattern START = Pattern.compile("\\d{8}_\\d{6}");
    private static final Pattern SAMPLE = Pattern.compile("(.*)_(\\d+)\\.(png|jpg)");
    private static final int TAIL_BYTES = 48_000;

    /// A validation image with its prediction at one iteration.
    record Sample(String name, long step, Path file) {}

    String name() {
        return String.valueOf(workDir.getFileName());
    }

    /// The folders of runs in a folder, the newest first.
    static List<RunDir> in(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<RunDir> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            folders.filter(Files::isDirectory)
                    .map(RunDir::new)
                    .filter(RunDir::isRun)
                    .forEach(found::add);
        }
        found.sort(Comparator.comparing(RunDir::changed).reversed());
        return found;
    }

    private boolean isRun() {
        return Files.isRegularFile(workDir.resolve("config.py")) || Files.isRegularFile(workDir.resolve(CONFIG));
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(lastStart().orElse(workDir));
        } catch (IOException _) { // just being deleted
            return FileTime.fromMillis(0);
        }
    }

    /// What belongs to the newest start.
    Optional<Path> lastStart() throws IOException {
        if (!Files.isDirectory(workDir)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(workDir)) {
            return folders.filter(
                            f -> START.matcher(String.valueOf(f.getFileName())).matches())
                    .max(Comparator.comparing(f -> String.valueOf(f.getFileName())));
        }
    }

    RunStatus status() throws IOException {
        Optional<Path> file = lastStart().map(s -> s.resolve("status.json")).filter(Files::isRegularFile);
        return file.isEmpty()
                ? failure().map(RunStatus.NONE::failed).orElse(RunStatus.NONE)
                : RunStatus.read(new ObjectMapper().readTree(Files.readString(file.get())));
    }

    /// What the process said when it gave up before there was a status.
    private Optional<String> failure() throws IOException {
        return tail(workDir.resolve(OUTPUT))
                .lines()
                .filter(line -> line.startsWith(FAILURE))
                .map(line -> line.substring(FAILURE.length()))
                .reduce((_, last) -> last);
    }

    /// Whether there is a checkpoint to go on from.
    boolean canResume() {
        return Files.isRegularFile(workDir.resolve("last_checkpoint"));
    }

    /// Tells the newest start what to do: `run`, `pause` or `stop`.
    void control(String wish) throws IOException {
        Optional<Path> start = lastStart();
        if (start.isPresent()) {
            AtomicFile.writeText(start.get().resolve("control"), wish);
        }
    }

    /// The end of the log; and, unless all is well, of what the process said besides, which else is the same in
    /// short.
    ///
    /// @param state of the run
    String console(RunStatus.State state) throws IOException {
        Optional<Path> start = lastStart();
        String text = start.isPresent() ? tail(start.get().resolve(start.get().getFileName() + ".log")) : "";
        return text.isEmpty() || state.isBad() ? text + tail(workDir.resolve(OUTPUT)) : text;
    }

    private static String tail(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        byte[] bytes = Files.readAllBytes(file);
        int from = Math.max(0, bytes.length - TAIL_BYTES);
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }

    /// Predictions of validation images by the image's name, each in the order of iterations.
    TreeMap<String, List<Sample>> samples() throws IOException {
        TreeMap<String, List<Sample>> byName = new TreeMap<>();
        if (!Files.isDirectory(workDir)) {
            return byName;
        }
        try (Stream<Path> files = Files.walk(workDir, 4)) {
            files.filter(f -> String.valueOf(f.getParent()).endsWith("vis_image"))
                    .forEach(f -> {
                        Matcher m = SAMPLE.matcher(String.valueOf(f.getFileName()));
                        if (m.matches()) {
                            byName.computeIfAbsent(m.group(1), _ -> new ArrayList<>())
                                    .add(new Sample(m.group(1), Long.parseLong(m.group(2)), f));
                        }
                    });
        }
        byName.values().forEach(list -> list.sort(Comparator.comparingLong(Sample::step)));
        return byName;
    }
}
