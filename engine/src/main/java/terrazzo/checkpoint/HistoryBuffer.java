package terrazzo.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.Opaque;

/// The course of one logged number, as mmengine keeps it under `message_hub` → `log_scalars`.
///
/// @param values what was logged, oldest first, `[n]` float64
/// @param counts how many samples each value stands for, `[n]` int64
public record HistoryBuffer(HostTensor values, HostTensor counts) {

    private static final Global TYPE = new Global("mmengine.logging.history_buffer", "HistoryBuffer");
    private static final Global GETATTR = new Global("__builtin__", "getattr");
    private static final int MAX_LENGTH = 1_000_000; // mmengine's default

    /// A buffer of values that stand for one sample each.
    public static HistoryBuffer of(double... values) {
        long[] counts = new long[values.length];
        Arrays.fill(counts, 1);
        List<Long> shape = List.of((long) values.length);
        return new HistoryBuffer(HostTensor.ofDoubles(shape, values), HostTensor.ofLongs(shape, counts));
    }

    /// The buffer that a value of a checkpoint is, if it is one.
    public static Optional<HistoryBuffer> of(PickleValue value) {
        if (!(value instanceof Opaque object) || !object.name().equals(TYPE.qualified())) {
            return Optional.empty();
        }
        Optional<PickleValue> state = object.state();
        Optional<HostTensor> values = state.flatMap(s -> s.at("_log_history")).flatMap(PickleValue::asTensor);
        Optional<HostTensor> counts = state.flatMap(s -> s.at("_count_history")).flatMap(PickleValue::asTensor);
        return values.flatMap(v -> counts.map(c -> new HistoryBuffer(v, c)));
    }

    /// The object that mmengine gets when it loads the file. It looks its statistics up by name in the object, so they
    /// have to be there.
    public PickleValue toValue() {
        Dict statistics = Dict.plain();
        for (String name : List.of("min", "max", "current", "mean")) {
            statistics.put(name, Opaque.call(GETATTR, TYPE, PickleValue.of(name)));
        }
        return Opaque.newObject(
                TYPE,
                Dict.plain()
                        .put("max_length", PickleValue.of(MAX_LENGTH))
                        .put("_log_history", NumpyValues.array(values))
                        .put("_count_history", NumpyValues.array(counts))
                        .put("statistics_methods", statistics));
    }
}
