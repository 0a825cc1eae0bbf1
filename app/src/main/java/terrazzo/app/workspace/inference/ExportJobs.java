package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import terrazzo.app.edit.ClassEdit.Look;
import terrazzo.app.notice.Notice;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.image.Raster;
import terrazzo.inference.exporters.Exporter;
import terrazzo.inference.overlay.PaletteFile;

/// Writes what is seen to files, as tasks.
final class ExportJobs {

    private final StudioServices services;
    private final Jobs jobs;
    private final InferenceViewModel seen;

    ExportJobs(StudioServices services, Jobs jobs, InferenceViewModel seen) {
        this.services = services;
        this.jobs = jobs;
        this.seen = seen;
    }

    private interface Export {
        void write(Exports exports, Picture shown, Result found);
    }

    void overlay(Path file) {
        one(file, (exports, shown, found) -> exports.saveOverlay(shown, found, file));
    }

    void mask(Path file) {
        one(file, (exports, _, found) -> exports.saveMask(found, file));
    }

    /// What is shown in a format of its own.
    void with(Exporter exporter, Path file) {
        List<String> classes = seen.classes().looks().stream().map(Look::name).toList();
        one(
                file,
                (exports, shown, found) -> exports.saveWith(exporter, classes, new Exports.Shown(shown, found), file));
    }

    /// Colours and names of the classes, for [InferenceViewModel#loadPalette].
    void palette(Path file) {
        PaletteFile.Named colours = seen.classes().namedPalette();
        jobs.submit("task.export", Lane.FILES, (_, _) -> {
                    PaletteFile.save(file, colours);
                    return file;
                })
                .onDone(written -> saved(services.texts().get("inference.saved"), written));
    }

    /// Masks and overlays of all images of the folder.
    void folder(Path target) {
        SegmentationModel ready = seen.model().model().orElse(null);
        if (ready == null) {
            return;
        }
        Exports exports = exports();
        List<Path> images = List.copyOf(seen.files().folder());
        jobs.submit(
                        "task.export.folder",
                        Lane.COMPUTE,
                        (progress, cancellation) ->
                                exports.folder(images, target, ready, new Exports.Watch(progress, cancellation)))
                .onDone(count -> saved(services.texts().get("inference.exported", count), target));
    }

    /// The open video with the map over it.
    void video(Path target) {
        SegmentationModel ready = seen.model().model().orElse(null);
        Optional<Path> from = seen.files().videoFile();
        if (ready == null || from.isEmpty()) {
            return;
        }
        seen.video().pause();
        Exports exports = exports();
        jobs.submit("task.export.video", Lane.COMPUTE, (progress, cancellation) -> {
                    exports.video(from.get(), target, ready, new Exports.Watch(progress, cancellation));
                    return target;
                })
                .onDone(file -> saved(services.texts().get("inference.saved"), file));
    }

    /// The overlay of what is shown, for the clipboard.
    Optional<Raster> shownOverlay() {
        return seen.display()
                .pictureProperty()
                .get()
                .flatMap(p -> seen.display()
                        .resultProperty()
                        .get()
                        .flatMap(r -> exports().overlay(p, r)));
    }

    private void one(Path file, Export how) {
        Exports exports = exports();
        seen.display()
                .pictureProperty()
                .get()
                .ifPresent(shown -> seen.display()
                        .resultProperty()
                        .get()
                        .ifPresent(found -> jobs.submit("task.export", Lane.FILES, (_, _) -> {
                                    how.write(exports, shown, found);
                                    return file;
                                })
                                .onDone(written -> saved(services.texts().get("inference.saved"), written))));
    }

    private void saved(String title, Path where) {
        services.notices().show(Notice.done(title, where.toString()));
    }

    private Exports exports() {
        return new Exports(
                seen.classes().styleProperty().get(),
                seen.classes().palette(),
                seen.large().scratch());
    }
}
