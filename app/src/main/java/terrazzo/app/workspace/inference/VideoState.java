package terrazzo.app.workspace.inference;

import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import terrazzo.inference.video.VideoFormat;

/// The open video as the transport bar shows it; changed by [VideoDeck] alone.
final class VideoState {

    private static final double NANOS = 1e9;

    private final ObjectProperty<Optional<VideoFormat>> format = new SimpleObjectProperty<>(Optional.empty());
    private final BooleanProperty playing = new SimpleBooleanProperty(false);
    private final LongProperty frame = new SimpleLongProperty(0);
    private final DoubleProperty shownPerSecond = new SimpleDoubleProperty(Double.NaN);
    private long lastNanos;

    /// Empty while no video is open.
    ObjectProperty<Optional<VideoFormat>> formatProperty() {
        return format;
    }

    BooleanProperty playingProperty() {
        return playing;
    }

    /// The frame on screen, from 0.
    LongProperty frameProperty() {
        return frame;
    }

    /// Frames shown per second while playing, NaN while not known.
    DoubleProperty shownPerSecondProperty() {
        return shownPerSecond;
    }

    /// A frame came on screen.
    void shown(long index) {
        frame.set(index);
        long now = System.nanoTime();
        double perSecond = NANOS / Math.max(1, now - lastNanos);
        double before = shownPerSecond.get();
        boolean isFresh = !playing.get() || Double.isNaN(before);
        shownPerSecond.set(!playing.get() ? Double.NaN : isFresh ? perSecond : before + 0.15 * (perSecond - before));
        lastNanos = now;
    }

    /// `0:07 / 0:12` for a frame.
    static String time(VideoFormat format, long frame) {
        String at = clock(frame / format.framesPerSecond());
        return format.frames() < 0 ? at : at + " / " + clock(format.durationSeconds());
    }

    private static String clock(double seconds) {
        long whole = (long) seconds;
        return whole / 60 + (whole % 60 < 10 ? ":0" : ":") + whole % 60;
    }
}
