package terrazzo.train.logs;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.LogException;
import terrazzo.core.error.Nearest;

/// What a training run logged so far: a series of values for each key, in the order in which keys came. Where
/// a run was resumed, the later session counts; what the earlier one logged beyond that point is gone. A
/// snapshot: it does not change.
///
/// Keys are as logged. Where validation rows share a name with training rows (`time`, or `loss` in 0.x),
/// theirs begins with `val/`.
public final class RunLog {

    private static final int KEYS_NAMED = 12;

    private final String source;
    private final SequencedMap<String, Series> seriesByKey;
    private final List<Resume> resumes;
    private final Extent extent;

    /// Where a later session took over.
    ///
    /// @param step its first logged iteration
    /// @param lastStep the last iteration that the earlier session had logged
    public record Resume(long step, long lastStep) {}

    /// How far a log goes.
    ///
    /// @param rows that hold values, those of earlier sessions included
    /// @param damaged lines or records that could not be read
    /// @param lastStep the highest iteration, 0 when nothing was logged
    /// @param itersPerEpoch NaN where the log counts no epochs
    record Extent(long rows, long damaged, long lastStep, double itersPerEpoch) {}

    RunLog(String source, Map<String, Series> seriesByKey, List<Resume> resumes, Extent extent) {
        this.source = source;
        this.seriesByKey = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(seriesByKey));
        this.resumes = List.copyOf(resumes);
        this.extent = extent;
    }

    /// The file or folder it was read from, as messages call it.
    public String source() {
        return source;
    }

    /// Every series by its key.
    public SequencedMap<String, Series> seriesByKey() {
        return seriesByKey;
    }

    public Collection<Series> series() {
        return seriesByKey.values();
    }

    public boolean has(String key) {
        return seriesByKey.containsKey(key);
    }

    /// The series of a key.
    ///
    /// @throws LogException when the log has no such key; it names the nearest ones
    public Series series(String key) {
        Series series = seriesByKey.get(key);
        if (series == null) {
            String suggestion = Nearest.suggestion(key, seriesByKey.keySet());
            throw new LogException(Complaint.at(source)
                    .got("no values of '" + key + "'")
                    .advice((suggestion.isEmpty() ? "" : suggestion + " ") + "the log has " + keys()));
        }
        return series;
    }

    /// Where later sessions took over, in order.
    public List<Resume> resumes() {
        return resumes;
    }

    /// Lines or events that hold values, those of earlier sessions included.
    public long rows() {
        return extent.rows;
    }

    /// Lines or records that could not be read.
    public long damaged() {
        return extent.damaged;
    }

    /// The highest iteration, 0 when nothing was logged.
    public long lastStep() {
        return extent.lastStep;
    }

    /// Iterations of one pass over the training data, where the log counts epochs.
    public OptionalDouble itersPerEpoch() {
        return Double.isNaN(extent.itersPerEpoch) ? OptionalDouble.empty() : OptionalDouble.of(extent.itersPerEpoch);
    }

    private String keys() {
        List<String> named = seriesByKey.keySet().stream().limit(KEYS_NAMED).toList();
        int more = seriesByKey.size() - named.size();
        return named.isEmpty()
                ? "no values at all"
                : String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
    }
}
