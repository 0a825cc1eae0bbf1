package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import terrazzo.app.canvas.LabelStyle;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.inference.overlay.Overlay;
import terrazzo.inference.video.FrameLabeller;
import terrazzo.inference.video.VideoPipeline;
import terrazzo.inference.video.VideoSink;
import terrazzo.inference.video.VideoSource;

/// Writes what is seen to files: as it looks now, with hidden classes left out. For tasks, off the UI thread.
final class Exports {

    private final LabelStyle style;
    private final Palette palette;

    /// @param style opacity, visibility and least confidence as they are now
    /// @param palette colours as they are now
    Exports(LabelStyle style, Palette palette) {
        this.style = style;
        this.palette = palette;
    }

    /// The image with the map over it.
    Raster overlay(Raster image, Result result) {
        return Overlay.of(palette, style.opacity()).draw(image, ClassesModel.visible(result, style));
    }

    void saveOverlay(Raster image, Result result, Path file) {
        ImageFile.save(file, overlay(image, result));
    }

    /// Class indices as a palette PNG; unsure pixels are [LabelMap#IGNORE], hidden classes are kept.
    void saveMask(Result result, Path file) {
        LabelMapFile.save(file, sure(result), palette);
    }

    /// Runs the model over images and writes `NAME_mask.png` and `NAME_overlay.png` for each.
    ///
    /// @return how many were written
    int folder(List<Path> images, Path target, SegmentationModel model, Watch watch) {
        int done = 0;
        for (Path file : images) {
            watch.cancellation.check();
            String name = file.getFileName().toString();
            watch.progress.at(done, images.size(), name);
            Raster image = ImageFile.load(file, Picture.LIMITS);
            Result result = Result.of(model.run(image, watch.cancellation));
            String stem = name.substring(0, name.lastIndexOf('.'));
            saveMask(result, target.resolve(stem + "_mask.png"));
            saveOverlay(image, result, target.resolve(stem + "_overlay.png"));
            done++;
        }
        watch.progress.at(done, images.size(), "");
        return done;
    }

    /// Runs the model over a video and writes it with the map over it.
    void video(Path video, Path target, SegmentationModel model, Watch watch) {
        try (VideoSource source = VideoSource.open(video);
                VideoSink sink = VideoSink.open(
                        target, source.format().size(), source.format().framesPerSecond())) {
            FrameLabeller labeller =
                    frame -> ClassesModel.visible(Result.of(model.run(frame, watch.cancellation)), style);
            new VideoPipeline(source, Overlay.of(palette, style.opacity()), sink)
                    .run(labeller, watch.progress, watch.cancellation);
        }
    }

    /// Who watches a long export.
    ///
    /// @param progress hears how far it is
    /// @param cancellation may stop it
    record Watch(Progress progress, Cancellation cancellation) {}

    private LabelMap sure(Result result) {
        List<Integer> colours = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            colours.add(0);
        }
        LabelStyle all = LabelStyle.of(colours).withMinConfidence(style.minConfidence());
        return ClassesModel.visible(result, all);
    }
}
