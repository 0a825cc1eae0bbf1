package terrazzo.app.canvas;

import java.util.Optional;

/// The lowest layer of a frame. While the view rests, an interpolated image is painted once and kept, so that moving a
/// slider costs only the layers above it. It is kept from the second frame of a view on: of a video, each is the first.
final class Ground {

    private final Optional<Layer> layer;
    private View view = new View(new Viewport.Transform(0, 0, 0), 0, 0);
    private int[] kept = {};
    private State state = State.PASSING;

    private enum State {
        /// Painted and not kept.
        PASSING,
        /// Painted and kept.
        KEEPING,
        /// Taken from what was kept.
        KEPT
    }

    private record View(Viewport.Transform transform, int width, int height) {}

    Ground(Optional<Layer> layer) {
        this.layer = layer;
    }

    void forget() {
        kept = new int[0];
        state = State.PASSING;
    }

    /// Before the lines of a frame, after the layers' own preparation.
    void prepare(Grid grid, Compositor.Area area) {
        View now = new View(grid.transform(), grid.width(), grid.height());
        boolean isSame = grid.isSmooth() && now.equals(view) && layer.orElse(null) instanceof ImageLayer;
        view = now;
        if (!isSame) {
            forget();
        } else if (state != State.PASSING) {
            state = State.KEPT;
        } else if (area.equals(Compositor.Area.all(grid))) {
            kept = new int[grid.width() * grid.height()];
            state = State.KEEPING;
        }
    }

    /// Any thread, one line each.
    void paint(Scanline line) {
        int at = line.y() * view.width + line.fromX();
        int count = line.toX() - line.fromX();
        if (state == State.KEPT) {
            System.arraycopy(kept, at, line.pixels(), line.fromX(), count);
            return;
        }
        layer.ifPresent(lowest -> lowest.paint(line));
        if (state == State.KEEPING) {
            System.arraycopy(line.pixels(), line.fromX(), kept, at, count);
        }
    }
}
