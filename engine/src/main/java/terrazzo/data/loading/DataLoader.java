package terrazzo.data.loading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import terrazzo.config.ConfigNode;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Batches of a data set, read ahead on several threads and handed out in the sampler's order.
///
/// At most two batches per thread are held at a time. What a sample looks like depends on seed, epoch and its place in
/// the order alone, never on the number of threads.
public final class DataLoader {

    /// @param batchSize samples per batch, 1 or more
    /// @param numWorkers threads that read ahead; 0 is one thread that reads one batch ahead
    /// @param sampler order of the samples
    /// @param dropLast whether an incomplete last batch is left out
    /// @param seed of random steps in pipelines
    public record Config(int batchSize, int numWorkers, Sampler sampler, boolean dropLast, long seed) {

        public Config {
            if (batchSize < 1 || numWorkers < 0) {
                throw new IllegalArgumentException("expected batchSize of 1 or more and numWorkers of 0 or more, got "
                        + batchSize + ", " + numWorkers);
            }
        }

        /// Every sample once in order, one at a time: what testing needs.
        public static Config forTest(int numWorkers) {
            return new Config(1, numWorkers, new Sampler.DefaultSampler(false, 0), false, 0);
        }

        /// Reads a `*_dataloader` without its `dataset`, which the catalogue of data sets reads.
        ///
        /// @param seed for sampler and pipelines
        public static Config read(ConfigNode c, long seed) { // defaults: mmengine 0.1.0
            c.ignoring("dataset", "persistent_workers", "pin_memory", "collate_fn", "worker_init_fn");
            int batchSize = c.integer("batch_size", 1);
            int workers = c.integer("num_workers", 0);
            if (batchSize < 1 || workers < 0) {
                String key = batchSize < 1 ? "batch_size" : "num_workers";
                throw c.error(key, key.equals("batch_size") ? "1 or more" : "0 or more", "" + c.integer(key), "");
            }
            Sampler sampler = c.optionalNode("sampler")
                    .map(s -> Sampler.read(s, seed))
                    .orElse(new Sampler.DefaultSampler(c.bool("shuffle", false), seed));
            Config config = new Config(batchSize, workers, sampler, c.bool("drop_last", false), seed);
            c.done();
            return config;
        }
    }

    private final Dataset dataset;
    private final Config config;

    public DataLoader(Dataset dataset, Config config) {
        this.dataset = dataset;
        this.config = config;
    }

    public Dataset dataset() {
        return dataset;
    }

    /// Whether batches never end.
    public boolean isInfinite() {
        return config.sampler().isInfinite();
    }

    /// Samples in a full batch.
    public int batchSize() {
        return config.batchSize();
    }

    /// Batches of one round: those that [#batches] gives for a sampler that ends.
    public int batchesPerEpoch() {
        return config.dropLast()
                ? dataset.size() / config.batchSize()
                : Math.ceilDiv(dataset.size(), config.batchSize());
    }

    /// The batches of one epoch, or endless ones with an infinite sampler. Close it to stop reading ahead.
    ///
    /// @param epoch from 0
    /// @param skip batches to leave out at the start without reading them, to go on where a run stopped
    public Batches batches(long epoch, long skip) {
        return new Batches(epoch, skip);
    }

    /// Batches in order. Used by one thread.
    public final class Batches implements Iterator<List<Results>>, AutoCloseable {

        private final PrimitiveIterator.OfInt order;
        private final long epoch;
        private final Deque<Future<List<Results>>> ahead = new ArrayDeque<>();
        private final ExecutorService workers;
        private long position;

        private Batches(long epoch, long skip) {
            this.epoch = epoch;
            this.order = config.sampler().order(dataset.size(), epoch);
            for (long i = 0; i < skip * config.batchSize() && order.hasNext(); i++) {
                order.nextInt();
                position++;
            }
            this.workers = Executors.newFixedThreadPool(
                    Math.max(1, config.numWorkers()),
                    Thread.ofPlatform().daemon().name("data-loader-", 0).factory());
        }

        @Override
        public boolean hasNext() {
            readAhead();
            return !ahead.isEmpty();
        }

        /// @throws NoSuchElementException when there is no more
        /// @throws CancellationException when the thread is interrupted
        @Override
        public List<Results> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more batches");
            }
            Future<List<Results>> first = ahead.removeFirst();
            readAhead();
            try {
                return first.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while loading");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                } else if (e.getCause() instanceof Error failure) {
                    throw failure;
                }
                throw new IllegalStateException(e);
            }
        }

        /// Stops reading ahead; batches not handed out are lost.
        @Override
        public void close() {
            workers.shutdownNow();
            ahead.clear();
        }

        private void readAhead() {
            int limit = Math.max(1, 2 * config.numWorkers());
            while (ahead.size() < limit && order.hasNext()) {
                List<Integer> indices = new ArrayList<>(config.batchSize());
                while (indices.size() < config.batchSize() && order.hasNext()) {
                    indices.add(order.nextInt());
                }
                if (indices.size() < config.batchSize() && config.dropLast()) {
                    return;
                }
                long start = position;
                position += indices.size();
                ahead.add(workers.submit(() -> load(indices, start)));
            }
        }

        private List<Results> load(List<Integer> indices, long start) {
            List<Results> batch = new ArrayList<>(indices.size());
            for (int i = 0; i < indices.size(); i++) {
                batch.add(dataset.get(indices.get(i), new Draws(seedAt(start + i))));
            }
            return batch;
        }

        /// A seed for each place in the order, far from those of its neighbours (the finaliser of SplitMix64).
        private long seedAt(long place) {
            long z = (config.seed() * 31 + epoch) * 0x9E3779B97F4A7C15L + (place + 1) * 0xD1342543DE82EF95L;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            return z ^ z >>> 31;
        }
    }
}
