package terrazzo.app.workspace.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import terrazzo.app.notice.Notice;
import terrazzo.app.settings.RecentFiles;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.inference.video.VideoSource;

/// What is open: images, a folder, a video or a camera, and where in it the user is. It reads files in tasks and hands
/// out what they hold. UI thread only.
final class OpenFiles {

    private final StudioServices services;
    private final Jobs jobs;
    private final VideoDeck video;
    private final LargeImageWork large;
    private final ObservableList<Path> folder = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper position = new ReadOnlyIntegerWrapper(-1);
    private final ObjectProperty<RecentFiles> recent;

    private Optional<Path> folderPath = Optional.empty();
    private Optional<Path> videoFile = Optional.empty();
    private Listener listener = new Listener() {
        @Override
        public void leaving() {}

        @Override
        public void image(Picture opened) {}

        @Override
        public void unreadable(Path file) {}

        @Override
        public void video(VideoSource opened, String name) {}
    };
    private @Nullable RunningTask<?> loading;

    /// Gets what was opened.
    interface Listener {

        /// Another image was chosen: what is still read of this one isn't wanted, and keeps others waiting.
        void leaving();

        /// @param opened still without its pixels when it is large
        void image(Picture opened);

        /// @param file no image, of which the user was told already
        void unreadable(Path file);

        /// @param opened is the listener's to close
        void video(VideoSource opened, String name);
    }

    /// @param video closed when images are opened
    /// @param large knows where tiles are kept
    OpenFiles(StudioServices services, Jobs jobs, VideoDeck video, LargeImageWork large) {
        this.services = services;
        this.jobs = jobs;
        this.video = video;
        this.large = large;
        this.recent =
                new SimpleObjectProperty<>(services.settings().load(RecentFiles.TOPIC, new RecentFiles(List.of())));
    }

    void onOpened(Listener hears) {
        listener = hears;
    }

    /// The images of the folder, or those that were opened.
    ObservableList<Path> folder() {
        return folder;
    }

    /// Whether only scenes that the program brought along are open.
    BooleanBinding areScenes() {
        return Bindings.createBooleanBinding(
                () -> !folder.isEmpty() && folder.stream().allMatch(f -> f.startsWith(services.scratch())), folder);
    }

    /// The folder that was opened, if it was one.
    Optional<Path> folderPath() {
        return folderPath;
    }

    /// The open video, unless it is a camera.
    Optional<Path> videoFile() {
        return video.isOpen() ? videoFile : Optional.empty();
    }

    /// Which of [#folder] is shown, -1 for none.
    ReadOnlyIntegerProperty positionProperty() {
        return position.getReadOnlyProperty();
    }

    ObjectProperty<RecentFiles> recentProperty() {
        return recent;
    }

    /// @param first which of them to show
    void openImages(List<Path> files, int first) {
        video.close();
        remember(files.getFirst());
        folderPath = Optional.empty();
        position.set(-1); // the strip has lost its mark
        folder.setAll(files);
        select(Math.min(first, files.size() - 1));
    }

    /// Lists the images of a folder, by name.
    ///
    /// @param first which of them to show
    void openFolder(Path path, int first) {
        remember(path);
        jobs.submit("task.folder", Lane.FILES, (_, _) -> list(path)).onDone(found -> {
            if (found.isEmpty()) {
                services.notices().show(Notice.info(services.texts().get("inference.folder.empty"), path.toString()));
                return;
            }
            video.close();
            folderPath = Optional.of(path);
            position.set(-1); // the strip has lost its mark
            folder.setAll(found);
            select(Math.min(first, found.size() - 1));
        });
    }

    /// Shows an image of the folder.
    void select(int index) {
        if (index < 0 || index >= folder.size()) {
            return;
        }
        position.set(index);
        listener.leaving();
        Jobs.stop(loading);
        Path file = folder.get(index);
        RunningTask<Picture> task = jobs.quietly(Lane.FILES, (_, _) -> Picture.load(file, large.scratch()));
        loading = task;
        task.onDone(opened -> {
                    if (task == loading) {
                        listener.image(opened);
                    } else {
                        opened.close(); // decoding doesn't stop, and may end after that of a smaller file
                    }
                })
                .onFailed(_ -> {
                    if (task == loading) {
                        listener.unreadable(file);
                    }
                });
    }

    /// To another frame of the video, or image of the folder.
    void step(int by) {
        if (video.isOpen()) {
            video.step(by);
        } else {
            select(position.get() + by);
        }
    }

    /// @param frame the one to show first
    void openVideo(Path file, long frame) {
        remember(file);
        jobs.submit("task.video", Lane.FILES, (_, _) -> VideoSource.open(file)).onDone(opened -> {
            videoFile = Optional.of(file);
            startVideo(opened, file.getFileName().toString());
            if (frame > 0) {
                video.seek(frame);
            }
        });
    }

    /// @param number from 0
    void openCamera(int number) {
        jobs.submit("task.camera", Lane.FILES, (_, _) -> VideoSource.open("camera:" + number))
                .onDone(opened -> {
                    videoFile = Optional.empty();
                    startVideo(opened, services.texts().get("inference.camera"));
                    video.play();
                });
    }

    /// Stops reading.
    void stop() {
        Jobs.stop(loading);
    }

    private void startVideo(VideoSource opened, String name) {
        folder.clear();
        position.set(-1);
        listener.video(opened, name);
    }

    private void remember(Path path) {
        recent.set(recent.get().with(path));
        services.settings().save(RecentFiles.TOPIC, recent.get());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(DroppedFiles::isImage).sorted().toList();
        }
    }
}
