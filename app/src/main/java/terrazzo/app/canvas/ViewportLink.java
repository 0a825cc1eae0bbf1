package terrazzo.app.canvas;

import java.util.ArrayList;
import java.util.List;

/// Keeps viewports together: what one shows, all show, at the same zoom and the same relative place, even when their
/// images differ in size.
public final class ViewportLink implements AutoCloseable {

    private final List<Viewport> viewports = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean moving;

    public void add(Viewport viewport) {
        Runnable listener = () -> moved(viewport);
        viewports.add(viewport);
        listeners.add(listener);
        viewport.addListener(listener);
    }

    /// Lets each viewport go its own way again.
    @Override
    public void close() {
        for (int i = 0; i < viewports.size(); i++) {
            viewports.get(i).removeListener(listeners.get(i));
        }
        viewports.clear();
        listeners.clear();
    }

    private void moved(Viewport leader) {
        if (moving) {
            return;
        }
        moving = true;
        try {
            for (Viewport other : viewports) {
                if (other != leader) {
                    other.follow(leader);
                }
            }
        } finally {
            moving = false;
        }
    }
}
