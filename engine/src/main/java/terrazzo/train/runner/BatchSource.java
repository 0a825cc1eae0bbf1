package terrazzo.train.runner;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import terrazzo.data.loading.DataLoader;
import terrazzo.data.loading.InputBatch;
import terrazzo.data.loading.SegDataPreProcessor;
import terrazzo.data.sample.Results;

/// The batches of a training, made ready for the model one ahead on a thread of its own. A loader that ends is begun
/// again with the next round. Used by one thread.
final class BatchSource implements AutoCloseable {

    private final DataLoader loader;
    private final SegDataPreProcessor preprocessor;
    private final ExecutorService worker;
    private long epoch;
    private DataLoader.Batches batches;
    private @Nullable Future<InputBatch> ahead;

    /// @param done batches that were taken already, and are left out
    BatchSource(DataLoader loader, SegDataPreProcessor preprocessor, long done) {
        this.loader = loader;
        this.preprocessor = preprocessor;
        this.epoch = loader.isInfinite() ? 0 : done / loader.batchesPerEpoch();
        this.batches = loader.batches(epoch, loader.isInfinite() ? done : done % loader.batchesPerEpoch());
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("batch-source").factory());
    }

    /// The next batch; waits until it is there.
    ///
    /// @throws CancellationException when the thread is interrupted
    InputBatch next() {
        Future<InputBatch> current = ahead == null ? worker.submit(this::make) : ahead;
        ahead = worker.submit(this::make);
        try {
            return current.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while loading");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private InputBatch make() {
        if (!batches.hasNext()) {
            batches.close();
            batches = loader.batches(++epoch, 0);
        }
        List<Results> samples = batches.next();
        return preprocessor.toTraining(samples);
    }

    @Override
    public void close() {
        worker.shutdownNow();
        batches.close();
    }
}
