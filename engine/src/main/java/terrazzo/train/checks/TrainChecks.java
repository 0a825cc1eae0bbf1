package terrazzo.train.checks;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.EngineException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.datasets.BaseSegDataset;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.datasets.Metainfo;
import terrazzo.data.sample.SegDataSample;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Looks at the data before the first iteration, within a time that nobody minds, and at the rest of it on a thread of
/// its own while the training runs; what is found there ends the run at its next iteration. A file that the training
/// comes to before that thread does is named as well. Closing ends the thread, however the run ended.
public final class TrainChecks implements Hook, AutoCloseable {

    private static final int LABELS_BEFORE = 24; // label maps decoded per data set before the start
    private static final int FIRST = 0;

    private final long budgetNanos;
    private final List<SampleCheck> checks = new ArrayList<>();
    private final AtomicReference<@Nullable EngineException> found = new AtomicReference<>();
    private final BitSet labels = new BitSet(256); // that batches may hold
    private volatile boolean closed;

    /// @param budgetMillis how long looking at headers may take before the start
    public TrainChecks(long budgetMillis) {
        this.budgetNanos = budgetMillis * 1_000_000;
    }

    /// Looks at a data set: its classes against the model's, its files, and some of its labels.
    ///
    /// @param loader the `*_dataloader` that the data set belongs to, for messages
    /// @param numClasses of the model
    /// @throws EngineException at the first mistake
    public void check(ConfigNode loader, Dataset dataset, int numClasses) {
        Metainfo metainfo = dataset.metainfo();
        int classes = metainfo.classes().size();
        if (classes > 0 && classes != numClasses) {
            throw loader.error(
                    "dataset",
                    Complaint.at("")
                            .expected(numClasses + " classes, the num_classes of model.decode_head")
                            .got(classes + ": " + String.join(", ", metainfo.classes()))
                            .advice("set num_classes of every head to " + classes));
        }
        if (classes > 0 && metainfo.palette().size() != classes) {
            throw loader.error(
                    "dataset.metainfo.palette",
                    classes + " colours, one per class",
                    Integer.toString(metainfo.palette().size()),
                    "");
        }
        for (BaseSegDataset leaf : leaves(dataset)) {
            SampleCheck check = new SampleCheck(leaf, numClasses);
            headers(check);
            labelsBefore(check);
            checks.add(check);
            labels.set(0, numClasses);
            labels.set(leaf.ignoreIndex());
        }
    }

    private static List<BaseSegDataset> leaves(Dataset dataset) {
        if (dataset instanceof BaseSegDataset leaf) {
            return List.of(leaf);
        }
        return dataset.parts().stream().flatMap(p -> leaves(p).stream()).toList();
    }

    /// The headers of all files, or of as many as the time allows; on all cores.
    private void headers(SampleCheck check) {
        long end = System.nanoTime() + budgetNanos;
        IntStream.range(0, check.size()).parallel().forEach(i -> {
            if (System.nanoTime() < end) {
                check.headers(i);
            }
        });
    }

    private static void labelsBefore(SampleCheck check) {
        int step = Math.max(1, check.size() / LABELS_BEFORE);
        BitSet all = new BitSet();
        for (int i = 0; i < check.size(); i += step) {
            all.or(check.labels(i));
        }
        if (check.isOnlyIgnored(all)) {
            throw check.onlyIgnored();
        }
    }

    @Override
    public int priority() {
        return FIRST;
    }

    /// Begins to look at everything that is left.
    @Override
    public void beforeTrain(Runner runner) {
        Thread.ofPlatform().daemon().name("data-check").start(() -> {
            try {
                checks.forEach(this::everything);
            } catch (EngineException e) {
                found.set(e);
            }
        });
    }

    private void everything(SampleCheck check) {
        for (int i = 0; i < check.size() && !closed; i++) {
            check.headers(i);
            check.labels(i);
        }
    }

    @Override
    public void beforeTrainIter(Runner runner) {
        EngineException failure = found.get();
        if (failure != null) {
            throw failure;
        }
        runner.batch().dataSamples().forEach(this::labels);
    }

    /// Looks for the label map behind labels that a loss would stumble over without a word about files.
    private void labels(SegDataSample sample) {
        LabelMap truth = sample.gtSemSeg();
        if (truth == null) {
            return;
        }
        for (byte label : truth.asBytes()) {
            if (!labels.get(label & 0xFF)) {
                checks.forEach(c -> c.labels(String.valueOf(sample.meta().segMapPath())));
                labels.set(label & 0xFF); // the file has no such label, so the pipeline put it there: its affair
            }
        }
    }

    @Override
    public void afterTrain(Runner runner) {
        close();
    }

    @Override
    public void close() {
        closed = true;
    }
}
