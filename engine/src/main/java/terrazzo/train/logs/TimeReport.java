package terrazzo.train.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// How long iterations of a run took, from the `time` that it logged.
///
/// @param rows how many logged values count
/// @param mean seconds of an iteration
/// @param deviation from the mean (standard, of the logged values)
/// @param median of the logged values
/// @param dataShare part of the time that went into waiting for data, empty where it is not logged
/// @param epochs means by epoch, empty where epochs are not counted
public record TimeReport(
        int rows, double mean, double deviation, double median, OptionalDouble dataShare, List<EpochTime> epochs) {

    private static final String TIME = "time";
    private static final String DATA_TIME = "data_time";

    public TimeReport {
        epochs = List.copyOf(epochs);
    }

    /// @param epoch counted from 1
    /// @param mean seconds of an iteration in it
    public record EpochTime(int epoch, double mean) {}

    /// Reports on a run.
    ///
    /// @param hasFirst whether the first value of the run and of each epoch counts; it holds what happens
    ///     only once, such as starting workers
    /// @throws terrazzo.core.error.LogException when the log has no times
    public static TimeReport of(RunLog log, boolean hasFirst) {
        Series times = log.series(TIME);
        double[] values = new double[times.size()];
        TreeMap<Integer, List<Double>> byEpoch = new TreeMap<>();
        int size = 0;
        int epochBefore = -1;
        for (int i = 0; i < times.size(); i++) {
            double place = times.x(XAxis.EPOCH, i);
            int epoch = Double.isNaN(place) ? 0 : Math.max(1, (int) Math.ceil(place - 1e-9));
            boolean isFirst = epoch != epochBefore;
            epochBefore = epoch;
            boolean isCounted = (hasFirst || !isFirst) && Double.isFinite(times.value(i));
            if (isCounted) {
                values[size++] = times.value(i);
                byEpoch.computeIfAbsent(epoch, _ -> new ArrayList<>()).add(times.value(i));
            }
        }
        double[] counted = Arrays.copyOf(values, size);
        double mean = Arrays.stream(counted).average().orElse(Double.NaN);
        double variance = Arrays.stream(counted)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(Double.NaN);
        Arrays.sort(counted);
        double median = size == 0 ? Double.NaN : (counted[(size - 1) / 2] + counted[size / 2]) / 2;
        return new TimeReport(size, mean, Math.sqrt(variance), median, dataShare(log), epochs(byEpoch));
    }

    private static OptionalDouble dataShare(RunLog log) {
        if (!log.has(DATA_TIME)) {
            return OptionalDouble.empty();
        }
        double data = Arrays.stream(log.series(DATA_TIME).values())
                .filter(Double::isFinite)
                .sum();
        double all = Arrays.stream(log.series(TIME).values())
                .filter(Double::isFinite)
                .sum();
        return all > 0 ? OptionalDouble.of(data / all) : OptionalDouble.empty();
    }

    private static List<EpochTime> epochs(TreeMap<Integer, List<Double>> byEpoch) {
        return byEpoch.entrySet().stream()
                .filter(e -> e.getKey() > 0)
                .map(e -> new EpochTime(
                        e.getKey(),
                        e.getValue().stream().mapToDouble(v -> v).average().orElseThrow()))
                .toList();
    }
}
