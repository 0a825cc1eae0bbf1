package terrazzo.app.workspace.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import terrazzo.app.canvas.LabelStyle;
import terrazzo.app.canvas.TiledLabels;
import terrazzo.app.segment.Segmentation;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.inference.exporters.Exporter;
import terrazzo.inference.exporters.Exporters;
import terrazzo.inference.exporters.StripExporter;
import terrazzo.inference.files.LargePictures;
import terrazzo.inference.overlay.Overlay;
import terrazzo.inference.video.FrameLabeller;
import terrazzo.inference.video.VideoPipeline;
import terrazzo.inference.video.VideoSink;
import terrazzo.inference.video.VideoSource;

/// Writes what is seen to files: as it looks now, with hidden classes left out. For tasks, off the UI thread.
final class Exports {

    /// What reading takes of the time for a large image, about.
    private static final double FILLING = 0.1;

    private final LabelStyle style;
    private final Palette palette;
    private final Path scratch;

    /// @param style opacity, visibility and least confidence as they are now
    /// @param palette colours as they are now
    /// @param scratch folder for the tiles of large images
    Exports(LabelStyle style, Palette palette, Path scratch) {
        this.style = style;
        this.palette = palette;
        this.scratch = scratch;
    }

    /// The image with the map over it, unless it is too large for memory.
    Optional<Raster> overlay(Picture picture, Result result) {
        return picture.raster().flatMap(image -> result.found().map(found -> overlay(image, found)));
    }

    private Raster overlay(Raster image, Segmentation found) {
        return painter().draw(image, ClassesModel.visible(found.labels(), found.confidence(), style));
    }

    private Overlay painter() {
        return Overlay.of(palette, style.opacity());
    }

    void saveOverlay(Picture picture, Result result, Path file) {
        Optional<Raster> overlay = overlay(picture, result);
        if (overlay.isPresent()) {
            ImageFile.save(file, overlay.get());
        } else {
            new LargePictures(palette, this::visible)
                    .saveOverlay(picture.tiles().orElseThrow(), result.tiles().orElseThrow(), style.opacity(), file);
        }
    }

    /// Class indices as a palette PNG; unsure pixels are [LabelMap#IGNORE], hidden classes are kept.
    void saveMask(Result result, Path file) {
        result.found().ifPresent(f -> LabelMapFile.save(file, sure(f.labels(), f.confidence()), palette));
        result.tiles().ifPresent(labels -> large().saveMask(labels, file));
    }

    /// A picture and what was found in it.
    record Shown(Picture picture, Result result) {}

    /// What was found in a format of its own; unsure pixels are [LabelMap#IGNORE], hidden classes are kept.
    ///
    /// @param classes names as they are now
    void saveWith(Exporter exporter, List<String> classes, Shown shown, Path file) {
        String name = shown.picture.name();
        shown.result.found().ifPresent(f -> {
            LabelMap labels = sure(f.labels(), f.confidence());
            Exporters.save(exporter, new Exporter.Found(name, labels, classes, palette), file);
        });
        shown.result.tiles().ifPresent(tiles -> {
            var labels = new StripExporter.Labels(tiles.size(), large().strips(tiles));
            Exporters.save(exporter, new StripExporter.Strips(name, labels, classes, palette), file);
        });
    }

    private LargePictures large() {
        return new LargePictures(
                palette, rows -> sure(rows.labels(), rows.confidence().asBytes()));
    }

    private LabelMap visible(LabelTiles.Rows rows) {
        return ClassesModel.visible(rows.labels(), rows.confidence().asBytes(), style);
    }

    /// Runs the model over images and writes `NAME_mask.png` and `NAME_overlay.png` for each. When it is cancelled,
    /// the files that were not there before are deleted again.
    ///
    /// @return how many were written
    int folder(List<Path> images, Path target, SegmentationModel model, Watch watch) throws IOException {
        List<Path> created = new ArrayList<>();
        int done = 0;
        try {
            for (Path file : images) {
                watch.cancellation.check();
                String name = file.getFileName().toString();
                watch.progress.at(done, images.size(), name);
                String stem = name.substring(0, name.lastIndexOf('.'));
                try (Picture picture = Picture.load(file, scratch)) {
                    Result result = segment(picture, model, watch);
                    saveMask(result, fresh(target.resolve(stem + "_mask.png"), created));
                    saveOverlay(picture, result, fresh(target.resolve(stem + "_overlay.png"), created));
                    result.closeUnlessIn(Optional.empty());
                }
                done++;
            }
        } catch (CancellationException e) {
            for (Path file : created) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        watch.progress.at(done, images.size(), "");
        return done;
    }

    private Result segment(Picture picture, SegmentationModel model, Watch watch) {
        if (picture.tiles().isEmpty()) {
            return Result.of(model.run(picture.raster().orElseThrow(), watch.cancellation));
        }
        picture.fill(watch.progress.part(0, FILLING), watch.cancellation, () -> {});
        ImageTiles image = picture.tiles().get();
        LabelTiles labels = new LabelTiles(scratch, image.size());
        model.run(image, labels, watch.progress.part(FILLING, 1), watch.cancellation);
        return Result.begun(labels, new TiledLabels(labels, Runnable::run, 0));
    }

    private static Path fresh(Path file, List<Path> created) {
        if (!Files.exists(file)) {
            created.add(file);
        }
        return file;
    }

    /// Runs the model over a video and writes it with the map over it.
    void video(Path video, Path target, SegmentationModel model, Watch watch) {
        try (VideoSource source = VideoSource.open(video);
                VideoSink sink = VideoSink.open(
                        target, source.format().size(), source.format().framesPerSecond())) {
            FrameLabeller labeller = frame -> {
                Segmentation found = model.run(frame, watch.cancellation);
                return ClassesModel.visible(found.labels(), found.confidence(), style);
            };
            new VideoPipeline(source, painter(), sink).run(labeller, watch.progress, watch.cancellation);
        }
    }

    /// Who watches a long export.
    ///
    /// @param progress hears how far it is
    /// @param cancellation may stop it
    record Watch(Progress progress, Cancellation cancellation) {}

    private LabelMap sure(LabelMap labels, byte @Nullable [] confidence) {
        List<Integer> colours = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            colours.add(0);
        }
        LabelStyle all = LabelStyle.of(colours).withMinConfidence(style.minConfidence());
        return ClassesModel.visible(labels, confidence, all);
    }
}
