package terrazzo.app.workspace.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import terrazzo.app.settings.SettingsStore;

/// The runs that wait for their turn, kept when the window closes. UI thread only.
final class TrainQueue {

    private static final String TOPIC = "train-queue";

    private final SettingsStore settings;
    private final Deque<RunDir> waiting = new ArrayDeque<>();

    /// As it is kept.
    ///
    /// @param workDirs of the runs, the next one first
    record Saved(List<String> workDirs) {

        Saved {
            workDirs = List.copyOf(workDirs);
        }
    }

    /// Takes up what waited when the window was closed, but for runs whose folders are gone.
    TrainQueue(SettingsStore settings) {
        this.settings = settings;
        settings.load(TOPIC, new Saved(List.of())).workDirs().stream()
                .map(Path::of)
                .filter(Files::isDirectory)
                .map(RunDir::new)
                .forEach(waiting::add);
    }

    /// Puts a run behind the others, unless it waits already.
    void add(RunDir run) {
        if (!waiting.contains(run)) {
            waiting.add(run);
            keep();
        }
    }

    void remove(RunDir run) {
        if (waiting.remove(run)) {
            keep();
        }
    }

    boolean contains(RunDir run) {
        return waiting.contains(run);
    }

    /// Takes the run whose turn it is.
    Optional<RunDir> next() {
        Optional<RunDir> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(_ -> keep());
        return next;
    }

    private void keep() {
        settings.save(
                TOPIC,
                new Saved(waiting.stream().map(run -> run.workDir().toString()).toList()));
    }
}
