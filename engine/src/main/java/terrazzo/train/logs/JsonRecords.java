package terrazzo.train.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import terrazzo.train.logs.LogBuilder.Column;

/// Reads lines of JSON: `scalars.json` of 1.x and `.log.json` of 0.x.
///
/// What makes them treacherous, and what is done about it:
/// - a validation row has no `iter` in 1.x and says `mode: val`, or even `train`, in 0.x, where its `iter`
///   counts validation images: it belongs to the last training iteration;
/// - loops by epoch log validation under the epoch's number (1.x) and training under the iteration within the
///   epoch (0.x): both become iterations since the start;
/// - validation logs its own `time`, `data_time` and losses under the names of training: theirs get `val/` in
///   front;
/// - scores of 0.x are fractions: they become percent, as in 1.x;
/// - a resumed run logs iterations again: the later ones count.
final class JsonRecords implements LogFile.Records {

    private static final String VAL = "val/";

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final RunPlace place;
    private final JsonRow row = new JsonRow();
    private @Nullable Column[] training = new Column[0];
    private boolean[] isLoss = new boolean[0];

    JsonRecords(RunPlace place) {
        this.place = place;
    }

    @Override
    public int take(byte[] bytes, int to, boolean isEnd, LogBuilder into) {
        int from = 0;
        for (int i = newLine(bytes, from, to); i < to; i = newLine(bytes, from, to)) {
            line(bytes, from, i, into);
            from = i + 1;
        }
        // The last line may lack its end: it counts when it is whole.
        if (isEnd && from < to && bytes[to - 1] == '}' && row.parse(bytes, from, to)) {
            add(into);
            from = to;
        }
        return from;
    }

    /// Where the next line ends, `to` when it does not.
    private static int newLine(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long differs = (long) EIGHT.get(bytes, at) ^ 0x0a0a0a0a0a0a0a0aL;
            long found = (differs - 0x0101010101010101L) & ~differs & 0x8080808080808080L; // the lowest is exact
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / 8;
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private void line(byte[] bytes, int from, int to, LogBuilder into) {
        if (row.parse(bytes, from, to)) {
            add(into);
        } else if (!isBlank(bytes, from, to)) {
            into.damaged();
        }
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void add(LogBuilder into) {
        if (row.size() == 0) {
            return; // what 0.x says of the machine, before the first row
        }
        know();
        if (isValidation()) {
            addValidation(into);
        } else {
            addTraining(into);
        }
    }

    private boolean isValidation() {
        if (row.hasMode()) {
            return !row.isTraining() || (!hasLoss() && !row.has(JsonRow.TIME));
        }
        return !row.has(JsonRow.ITER) && !row.has(JsonRow.EPOCH) && !row.has(JsonRow.LR) && !hasLoss();
    }

    private boolean hasLoss() {
        for (int i = 0; i < row.size(); i++) {
            if (isLoss[row.key(i)]) {
                return true;
            }
        }
        return false;
    }

    private void addTraining(LogBuilder into) {
        long step = trainingStep();
        place.reach(step, into);
        double seconds = row.get(JsonRow.TIME);
        place.advance(step, seconds);
        if (place.epoch() > 0) {
            into.epoch(step, place.epoch());
        }
        int at = into.row(step, place.second(), place.wall());
        for (int i = 0; i < row.size(); i++) {
            int key = row.key(i);
            if (isFigure(key)) {
                Column column = training[key];
                if (column == null) {
                    column = into.column(row.keys().name(key));
                    training[key] = column;
                }
                column.add(at, row.value(i));
            }
        }
    }

    private void addValidation(LogBuilder into) {
        int at = into.row(validationStep(), place.second(), place.wall());
        for (int i = 0; i < row.size(); i++) {
            int key = row.key(i);
            if (isFigure(key) && key != JsonRow.LR && key != JsonRow.MEMORY) { // 0.x repeats training's
                String name = row.keys().name(key);
                boolean isFraction = row.hasMode() && Better.of(name) == Better.HIGHER;
                Column column = into.column(isShared(key, name) ? VAL + name : name);
                column.add(at, isFraction ? percent(row.value(i)) : row.value(i));
            }
        }
    }

    /// Whether a key is not a place.
    private static boolean isFigure(int key) {
        return key != JsonRow.STEP && key != JsonRow.ITER && key != JsonRow.EPOCH && key != JsonRow.MODE;
    }

    /// Whether training logs under the same key.
    private boolean isShared(int key, String name) {
        return !name.startsWith(VAL)
                && (isLoss[key] || name.endsWith("acc_seg") || key == JsonRow.TIME || key == JsonRow.DATA_TIME);
    }

    private long trainingStep() {
        long step = Math.round(row.get(JsonRow.STEP)); // 0 when there is none
        long iter = Math.round(row.get(JsonRow.ITER));
        long epoch = Math.round(row.get(JsonRow.EPOCH));
        if (row.hasMode()) {
            return place.step(epoch, iter);
        }
        place.epoch(epoch);
        return step > 0 ? step : Math.max(iter, place.step());
    }

    private long validationStep() {
        long step = Math.round(row.get(JsonRow.STEP));
        boolean isOther = row.hasMode() || step <= 0 || place.countsEpochs(step);
        return isOther ? place.step() : step;
    }

    private static double percent(double fraction) {
        return fraction > 1 ? fraction : Math.round(fraction * 1e6) / 1e4;
    }

    /// Looks at what is new among the keys.
    private void know() {
        KeyTable keys = row.keys();
        int known = isLoss.length;
        if (keys.size() > known) {
            training = Arrays.copyOf(training, keys.size());
            isLoss = Arrays.copyOf(isLoss, keys.size());
            for (int id = known; id < keys.size(); id++) {
                isLoss[id] = keys.name(id).contains("loss") && !keys.name(id).startsWith(VAL);
            }
        }
    }
}
