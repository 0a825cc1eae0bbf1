package terrazzo.app.workspace.inference;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import org.jspecify.annotations.Nullable;
import terrazzo.app.spi.StudioServices;
import terrazzo.core.image.Raster;
import terrazzo.inference.video.VideoSource;

/// The video or camera that is open: plays, pauses, steps, jumps. UI thread only.
final class VideoDeck {

    private final StudioServices services;
    private final Jobs jobs;
    private final VideoState state = new VideoState();
    private final BooleanBinding open =
            Bindings.createBooleanBinding(() -> state.formatProperty().get().isPresent(), state.formatProperty());
    private @Nullable VideoPlayer player;
    private boolean awaited;
    private int awaitedWish;

    VideoDeck(StudioServices services, Jobs jobs) {
        this.services = services;
        this.jobs = jobs;
    }

    /// What the transport bar shows.
    VideoState state() {
        return state;
    }

    BooleanBinding open() {
        return open;
    }

    boolean isOpen() {
        return player != null;
    }

    /// Shows the first frame and waits.
    ///
    /// @param source becomes the deck's, which closes it
    /// @param work runs the model, on a thread of its own
    /// @param shown hears of each frame on the UI thread
    void start(VideoSource source, Function<Raster, @Nullable Result> work, Consumer<VideoPlayer.Shot> shown) {
        close();
        state.formatProperty().set(Optional.of(source.format()));
        state.frameProperty().set(0);
        expect(0);
        Object key = new Object();
        player = new VideoPlayer(
                source,
                work,
                new VideoPlayer.Listener(
                        shot -> services.bridge().post(key, () -> show(shot, shown)),
                        () -> services.bridge()
                                .run(() -> state.playingProperty().set(false)),
                        failure -> services.bridge().run(() -> {
                            services.notices().showFailure(failure);
                            close();
                        })));
    }

    private void show(VideoPlayer.Shot shot, Consumer<VideoPlayer.Shot> shown) {
        if (player != null) {
            shown.accept(shot);
            state.shown(shot.index());
            if (shot.wish() >= awaitedWish) {
                arrived();
            }
        }
    }

    void play() {
        VideoPlayer now = player;
        if (now != null) {
            state.playingProperty().set(true);
            now.play();
        }
    }

    void pause() {
        VideoPlayer now = player;
        if (now != null) {
            state.playingProperty().set(false);
            now.pause();
        }
    }

    void playOrPause() {
        if (state.playingProperty().get()) {
            pause();
        } else {
            play();
        }
    }

    void seek(long frame) {
        VideoPlayer now = player;
        if (now != null) {
            now.seek(frame);
        }
    }

    void step(int by) {
        pause();
        seek(state.frameProperty().get() + by);
    }

    /// Shows the frame again, for another model.
    void refresh() {
        VideoPlayer now = player;
        if (now != null) {
            expect(now.seek(state.frameProperty().get()));
        }
    }

    /// Waits for the frame that meets a wish.
    private void expect(int wish) {
        awaitedWish = wish;
        if (!awaited) {
            awaited = true;
            jobs.expect();
        }
    }

    /// Closes the video, if one is open; the file is let go soon after.
    ///
    /// @return what to wait for, null if none was open
    @Nullable
    VideoPlayer close() {
        VideoPlayer last = player;
        player = null;
        if (last != null) {
            last.close();
            arrived();
            state.playingProperty().set(false);
            state.formatProperty().set(Optional.empty());
        }
        return last;
    }

    /// The frame that was waited for came, or never will.
    private void arrived() {
        if (awaited) {
            awaited = false;
            jobs.arrived();
        }
    }
}
