package terrazzo.inference.files;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.error.EngineException;
import terrazzo.core.image.LabelCounts;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.data.tiles.LargeImageFile;
import terrazzo.inference.Prediction.Detail;
import terrazzo.inference.SegModel;
import terrazzo.inference.TestPipeline;
import terrazzo.inference.exporters.Exporter;
import terrazzo.inference.exporters.Exporters;

/// Segments image files. While the network works on one, the next is being read and the one before drawn and written;
/// four images at the most are in memory at a time, and none that is too large for it: those go through tiles on disk
/// ([LargeImageFile]), without the pipeline, and are drawn aligned.
public final class SegmentFiles {

    private static final int AHEAD = 2;

    private final SegModel model;
    private final TestPipeline pipeline;
    private final Drawing drawing;
    private final Path scratch;

    /// One image and what to make of it.
    ///
    /// @param image file to read
    /// @param overlay file for the drawn picture, if wanted
    /// @param mask file for the label map as palette PNG, if wanted
    /// @param exports other formats
    public record Job(Path image, Optional<Path> overlay, Optional<Path> mask, List<Export> exports) {
        public Job {
            exports = List.copyOf(exports);
        }

        /// Without other formats.
        public Job(Path image, Optional<Path> overlay, Optional<Path> mask) {
            this(image, overlay, mask, List.of());
        }
    }

    /// The result in a format of its own.
    ///
    /// @param classes names by index
    public record Export(Exporter exporter, List<String> classes, Path file) {}

    /// What became of the jobs.
    ///
    /// @param images images segmented
    /// @param seconds from the first file to the last
    /// @param networkSeconds of those in the network; of large images the time of reading and writing is among them
    /// @param pixels of all images by class
    /// @param failures one line for each image that could not be segmented
    public record Report(int images, double seconds, double networkSeconds, LabelCounts pixels, List<String> failures) {
        public Report {
            failures = List.copyOf(failures);
        }
    }

    private sealed interface Loaded {

        record InMemory(Job job, Raster raster, Results sample) implements Loaded {}

        record Large(Job job, LargeImageFile file) implements Loaded {}
    }

    /// @param pipeline the model's own, or one that augments
    /// @param scratch folder for the tiles of large images
    public SegmentFiles(SegModel model, TestPipeline pipeline, Drawing drawing, Path scratch) {
        this.model = model;
        this.pipeline = pipeline;
        this.drawing = drawing;
        this.scratch = scratch;
    }

    /// Says what of a job can't be done, as far as it can be seen without the model.
    ///
    /// @throws EngineException when the file is no image, or a large one whose result can't be written as asked
    public static void check(Job job) {
        LargeImageFile.of(job.image)
                .ifPresentOrElse(large -> SegmentLargeFile.check(large, job), () -> ImageFile.load(job.image));
    }

    /// Runs the jobs in order, and tells the images done, or of a single large one the windows. A file that can't be
    /// read is a line in the report, not the end of the others.
    ///
    /// @throws CancellationException when asked to stop; files written so far stay
    public Report run(List<Job> jobs, Progress progress, Cancellation cancellation) {
        List<String> failures = new ArrayList<>();
        long start = System.nanoTime();
        long inNetwork = 0;
        int done = 0;
        LabelCounts pixels = new LabelCounts();
        boolean isLargeAlone =
                jobs.size() == 1 && LargeImageFile.of(jobs.getFirst().image).isPresent();
        Progress windows = isLargeAlone ? progress : Progress.NONE;
        try (ExecutorService readers = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("read-images").daemon().factory());
                ExecutorService writers = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("write-images").daemon().factory())) {
            Deque<Future<Loaded>> ahead = new ArrayDeque<>();
            Deque<Future<LabelCounts>> behind = new ArrayDeque<>();
            int next = 0;
            for (int i = 0; i < jobs.size(); i++) {
                cancellation.check();
                for (; next < jobs.size() && ahead.size() < AHEAD; next++) {
                    Job job = jobs.get(next);
                    ahead.add(readers.submit(() -> load(job)));
                }
                try {
                    Loaded loaded = await(ahead.remove());
                    long began = System.nanoTime();
                    switch (loaded) {
                        case Loaded.InMemory image -> {
                            LabelMap labels =
                                    model.predict(image.sample, Detail.LABELS).labels();
                            inNetwork += System.nanoTime() - began;
                            behind.add(writers.submit(() -> write(image, labels)));
                        }
                        case Loaded.Large(var job, var file) -> {
                            pixels.add(new SegmentLargeFile(model, drawing, scratch)
                                    .run(file, job, windows, cancellation));
                            inNetwork += System.nanoTime() - began;
                        }
                    }
                    if (behind.size() > 1) {
                        pixels.add(await(behind.remove()));
                    }
                    done++;
                } catch (EngineException e) {
                    failures.add(e.getMessage());
                }
                if (!isLargeAlone) {
                    progress.at(i + 1L, jobs.size(), jobs.get(i).image().toString());
                }
            }
            for (Future<LabelCounts> write : behind) {
                try {
                    pixels.add(await(write));
                } catch (EngineException e) {
                    failures.add(e.getMessage());
                    done--;
                }
            }
        }
        return new Report(done, (System.nanoTime() - start) / 1e9, inNetwork / 1e9, pixels, failures);
    }

    private Loaded load(Job job) {
        Optional<LargeImageFile> large = LargeImageFile.of(job.image);
        if (large.isPresent()) {
            return new Loaded.Large(job, large.get());
        }
        Raster raster = ImageFile.load(job.image);
        return new Loaded.InMemory(job, raster, pipeline.apply(Results.of(Img.of(raster))));
    }

    private LabelCounts write(Loaded.InMemory loaded, LabelMap labels) {
        loaded.job.mask.ifPresent(file -> LabelMapFile.save(file, labels, drawing.palette()));
        loaded.job.overlay.ifPresent(file -> ImageFile.save(file, drawing.draw(loaded.raster, labels)));
        String name = String.valueOf(loaded.job.image.getFileName());
        loaded.job.exports.forEach(e ->
                Exporters.save(e.exporter, new Exporter.Found(name, labels, e.classes, drawing.palette()), e.file));
        return LabelCounts.of(labels);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
