package terrazzo.app.fx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.application.Platform;

/// Carries what other threads have to say to the UI thread. Of several updates under one key only the newest is
/// delivered, so a thread that reports a thousand times between two pulses costs the UI one update.
public final class FxBridge {

    private final Executor ui;
    private final Map<Object, Runnable> updateByKey = new LinkedHashMap<>();

    /// @param ui runs on the UI thread, later
    public FxBridge(Executor ui) {
        this.ui = ui;
    }

    /// The bridge to the toolkit's thread.
    public static FxBridge toToolkit() {
        return new FxBridge(Platform::runLater);
    }

    /// Runs `update` on the UI thread soon, unless a newer one under the same key comes first. Any thread.
    public void post(Object key, Runnable update) {
        boolean isFirst;
        synchronized (updateByKey) {
            isFirst = updateByKey.isEmpty();
            updateByKey.remove(key); // so that the newest also comes last
            updateByKey.put(key, update);
        }
        if (isFirst) {
            ui.execute(this::deliver);
        }
    }

    /// Runs `update` on the UI thread; every one is delivered. Any thread.
    public void run(Runnable update) {
        ui.execute(update);
    }

    private void deliver() {
        List<Runnable> updates;
        synchronized (updateByKey) {
            updates = List.copyOf(updateByKey.values());
            updateByKey.clear();
        }
        updates.forEach(Runnable::run);
    }
}
