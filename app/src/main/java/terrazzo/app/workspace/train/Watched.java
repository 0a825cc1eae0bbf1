package terrazzo.app.workspace.train;

import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What is known of a run at one moment.
///
/// @param status how it is doing
/// @param console the end of its log
/// @param curves for the charts
/// @param samples predictions of validation images by image, in the order of iterations
/// @param canResume whether there is a checkpoint to go on from
record Watched(
        RunStatus status,
        String console,
        Curves curves,
        SequencedMap<String, List<RunDir.Sample>> samples,
        boolean canResume) {

    static final Watched NONE = new Watched(RunStatus.NONE, "", Curves.NONE, new TreeMap<>(), false);

    Watched with(RunStatus other) {
        return new Watched(other, console, curves, samples, canResume);
    }

    static Watched read(RunDir run) throws IOException {
        RunStatus status = run.status();
        return new Watched(
                status, run.console(status.state()), Curves.read(run.workDir()), run.samples(), run.canResume());
    }
}
