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
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.inference.Prediction.Detail;
import terrazzo.inference.SegModel;
import terrazzo.inference.TestPipeline;
import terrazzo.inference.exporters.Exporter;
import terrazzo.inference.exporters.Exporters;

/// Segments image files. While the network works on one, the next is being read and the one before drawn and written;
/// four images at the most are in memory at a time.
public final class SegmentFiles {

    private static final int AHEAD = 2;

    private final SegModel model;
    private final TestPipeline pipeline;
    private final Drawing drawing;

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
    /// @param networkSeconds of those in the network
    /// @param failures one line for each image that could not be segmented
    public record Report(int images, double seconds, double networkSeconds, List<String> failures) {
        public Report {
            failures = List.copyOf(failures);
        }
    }

    private record Loaded(Job job, Raster raster, Results sample) {}

    /// @param pipeline the model's own, or one that augments
    public SegmentFiles(SegModel model, TestPipeline pipeline, Drawing drawing) {
        this.model = model;
        this.pipeline = pipeline;
        this.drawing = drawing;
    }

    /// Runs the jobs in order. A file that can't be read is a line in the report, not the end of the others.
    ///
    /// @throws CancellationException when asked to stop; files written so far stay
    public Report run(List<Job> jobs, Progress progress, Cancellation cancellation) {
        List<String> failures = new ArrayList<>();
        long start = System.nanoTime();
        long inNetwork = 0;
        int done = 0;
        try (ExecutorService readers = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("read-images").daemon().factory());
                ExecutorService writers = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("write-images").daemon().factory())) {
            Deque<Future<Loaded>> ahead = new ArrayDeque<>();
            Deque<Future<?>> behind = new ArrayDeque<>();
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
                    LabelMap labels =
                            model.predict(loaded.sample, Detail.LABELS).labels();
                    inNetwork += System.nanoTime() - began;
                    behind.add(writers.submit(() -> write(loaded, labels)));
                    if (behind.size() > 1) {
                        await(behind.remove());
                    }
                    done++;
                } catch (EngineException e) {
                    failures.add(e.getMessage());
                }
                progress.at(i + 1L, jobs.size(), jobs.get(i).image().toString());
            }
            for (Future<?> write : behind) {
                try {
                    await(write);
                } catch (EngineException e) {
                    failures.add(e.getMessage());
                    done--;
                }
            }
        }
        return new Report(done, (System.nanoTime() - start) / 1e9, inNetwork / 1e9, failures);
    }

    private Loaded load(Job job) {
        Raster raster = ImageFile.load(job.image);
        return new Loaded(job, raster, pipeline.apply(Results.of(Img.of(raster))));
    }

    private void write(Loaded loaded, LabelMap labels) {
        loaded.job.mask.ifPresent(file -> LabelMapFile.save(file, labels, drawing.palette()));
        loaded.job.overlay.ifPresent(file -> ImageFile.save(file, drawing.draw(loaded.raster, labels)));
        String name = String.valueOf(loaded.job.image.getFileName());
        loaded.job.exports.forEach(e ->
                Exporters.save(e.exporter, new Exporter.Found(name, labels, e.classes, drawing.palette()), e.file));
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
