package terrazzo.train;

import java.util.List;
import java.util.function.Consumer;
import terrazzo.core.Cancellation;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.RunStatus;

/// Who watches a run from outside, and may end it.
///
/// @param listener hears the run's status on the thread that trains, at most once a second and at each change of state
/// @param cancellation a request to write a checkpoint and stop
/// @param hooks told beside those of the config
public record Observers(Consumer<RunStatus> listener, Cancellation cancellation, List<Hook> hooks) {

    public Observers {
        hooks = List.copyOf(hooks);
    }

    /// Nobody.
    public static Observers none() {
        return new Observers(_ -> {}, new Cancellation(), List.of());
    }
}
