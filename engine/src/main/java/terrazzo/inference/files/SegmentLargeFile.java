package terrazzo.inference.files;

import java.nio.file.Path;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.image.LabelCounts;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.data.tiles.LargeImageFile;
import terrazzo.inference.SegModel;
import terrazzo.inference.exporters.Exporters;
import terrazzo.inference.exporters.StripExporter;
import terrazzo.inference.files.SegmentFiles.Job;

/// Segments image files too large for memory: pixels and labels are in tiles on disk, and what is written is written
/// strip by strip. The labels are those of [SegModel#label(ImageTiles, LabelTiles, Progress, Cancellation)], without
/// the resizing steps of the pipeline; overlays are drawn aligned.
final class SegmentLargeFile {

    private final SegModel model;
    private final double opacity;
    private final LargePictures pictures;
    private final Path scratch;

    /// @param scratch folder for the tiles
    SegmentLargeFile(SegModel model, Drawing drawing, Path scratch) {
        this.model = model;
        this.opacity = drawing.opacity();
        this.pictures = new LargePictures(drawing.palette(), LabelTiles.Rows::labels);
        this.scratch = scratch;
    }

    /// Refuses what can't be written of a large image.
    ///
    /// @throws terrazzo.core.error.EngineException when a picture is not PNG, or a format needs the whole map
    static void check(LargeImageFile image, Job job) {
        job.overlay().ifPresent(LargePictures::requirePng);
        job.exports().forEach(e -> Exporters.byStrips(e.exporter(), e.file(), image.size()));
    }

    /// Reads, segments and writes.
    ///
    /// @param job asks for what [#check] accepts
    /// @param progress hears of windows
    /// @return pixels by class
    /// @throws terrazzo.core.error.MediaException when the image can't be read, or there is no room for its tiles
    /// @throws java.util.concurrent.CancellationException when asked to stop
    LabelCounts run(LargeImageFile image, Job job, Progress progress, Cancellation cancellation) {
        check(image, job);
        try (ImageTiles pixels = new ImageTiles(scratch, image.size());
                LabelTiles labels = new LabelTiles(scratch, image.size())) {
            image.read(pixels, Progress.NONE, cancellation, () -> {});
            model.label(pixels, labels, progress, cancellation);
            job.mask().ifPresent(file -> pictures.saveMask(labels, file));
            job.overlay().ifPresent(file -> pictures.saveOverlay(pixels, labels, opacity, file));
            StripExporter.Labels strips = new StripExporter.Labels(image.size(), pictures.strips(labels));
            String name = String.valueOf(image.file().getFileName());
            job.exports()
                    .forEach(e -> Exporters.save(
                            e.exporter(),
                            new StripExporter.Strips(name, strips, e.classes(), pictures.palette()),
                            e.file()));
            LabelCounts counts = new LabelCounts();
            strips.strips().forEach(counts::add);
            return counts;
        }
    }
}
