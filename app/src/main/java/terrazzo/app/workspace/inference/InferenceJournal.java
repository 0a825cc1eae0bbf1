package terrazzo.app.workspace.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import terrazzo.app.canvas.Viewport;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.session.SessionReader;
import terrazzo.app.spi.StudioServices;

/// Tells the session journal what is open, and opens it again.
final class InferenceJournal {

    private final InferenceViewModel viewModel;
    private final Viewport viewport;
    private final SessionReader reader;

    InferenceJournal(InferenceViewModel viewModel, Viewport viewport, StudioServices services) {
        this.viewModel = viewModel;
        this.viewport = viewport;
        this.reader = new SessionReader(services);
    }

    /// What is open; empty when no image, folder or video is.
    Optional<Record> session() {
        InferenceSession.Open open = open();
        return open.isEmpty() ? Optional.empty() : Optional.of(new InferenceSession(open, model(), overlay(), view()));
    }

    private InferenceSession.Open open() {
        boolean isFolder = viewModel.files().folderPath().isPresent()
                && !viewModel.files().folder().isEmpty();
        return new InferenceSession.Open(
                isFolder
                        ? List.of()
                        : viewModel.files().folder().stream()
                                .map(InferenceJournal::text)
                                .toList(),
                isFolder ? text(viewModel.files().folderPath().get()) : "",
                Math.max(0, viewModel.files().positionProperty().get()),
                viewModel.files().videoFile().map(InferenceJournal::text).orElse(""),
                viewModel.video().state().frameProperty().get());
    }

    private InferenceSession.Model model() {
        ModelSlot model = viewModel.model();
        Optional<ModelSource> source = model.sourceProperty().get();
        return new InferenceSession.Model(
                source.flatMap(ModelSource::config).map(InferenceJournal::text).orElse(""),
                source.flatMap(ModelSource::checkpoint)
                        .map(InferenceJournal::text)
                        .orElse(""),
                model.deviceProperty().get(),
                model.precisionProperty().get());
    }

    private InferenceSession.OverlayLook overlay() {
        ClassesModel classes = viewModel.classes();
        return new InferenceSession.OverlayLook(
                classes.opacityProperty().get(),
                classes.minConfidenceProperty().get(),
                classes.outlinesProperty().get(),
                classes.shownProperty().get(),
                viewModel.liveProperty().get(),
                classes.looks());
    }

    private InferenceSession.View view() {
        Viewport.Transform at = viewport.transform();
        return new InferenceSession.View(
                viewport.isFitted(),
                at.zoom(),
                at.toImageX(viewport.width() / 2.0),
                at.toImageY(viewport.height() / 2.0));
    }

    /// Opens what another run told of. Files that are gone are left out, and told.
    void resume(JsonNode saved) {
        reader.read(saved, InferenceSession.class).ifPresent(session -> {
            look(session.overlay());
            InferenceSession.Model model = session.model();
            viewModel.model().open(source(model), model.device(), model.precision());
            open(session.open());
            viewWhenShown(session.view());
        });
    }

    private void look(InferenceSession.OverlayLook look) {
        ClassesModel classes = viewModel.classes();
        classes.opacityProperty().set(Math.clamp(look.opacity(), 0, 1));
        classes.minConfidenceProperty().set(Math.clamp(look.minConfidence(), 0, 1));
        classes.outlinesProperty().set(look.hasOutlines());
        classes.shownProperty().set(look.isShown());
        viewModel.liveProperty().set(look.isLive());
        classes.expect(look.classes());
    }

    private static ModelSource source(InferenceSession.Model model) {
        return model.config().isEmpty() && model.checkpoint().isEmpty()
                ? ModelSource.builtIn()
                : ModelSource.of(path(model.config()), path(model.checkpoint()));
    }

    private void open(InferenceSession.Open open) {
        if (!open.video().isEmpty()) {
            viewModel.files().openVideo(Path.of(open.video()), open.frame());
        } else if (!open.folder().isEmpty()) {
            viewModel.files().openFolder(Path.of(open.folder()), open.position());
        } else {
            List<Path> all = open.files().stream().map(Path::of).toList();
            List<Path> there = reader.existing(all);
            if (!there.isEmpty()) {
                Path shown = all.get(Math.clamp(open.position(), 0, all.size() - 1));
                viewModel.files().openImages(there, Math.max(0, there.indexOf(shown)));
            }
        }
    }

    /// The first image to come is seen as it was left.
    private void viewWhenShown(InferenceSession.View view) {
        if (view.isFitted()) {
            return;
        }
        // After the canvas, which listened before, has taken the image's size.
        viewModel.display().pictureProperty().addListener(new ChangeListener<>() {
            @Override
            public void changed(
                    ObservableValue<? extends Optional<Picture>> property,
                    Optional<Picture> before,
                    Optional<Picture> now) {
                if (now.isPresent()) {
                    viewModel.display().pictureProperty().removeListener(this);
                    viewport.zoomTo(view.zoom());
                    viewport.centreOn(view.x(), view.y());
                }
            }
        });
    }

    private static String text(Path path) {
        return path.toAbsolutePath().toString();
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }
}
