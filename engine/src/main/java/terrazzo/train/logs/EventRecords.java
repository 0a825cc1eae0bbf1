package terrazzo.train.logs;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import terrazzo.train.logs.LogBuilder.Column;

/// Reads TensorBoard's event files: scalars as TensorFlow 1 and PyTorch write them, and scalar tensors as
/// TensorFlow 2 does. Records whose checksum is wrong are left out.
///
/// mmengine writes each value of a row as an event of its own and validation's times under the names of
/// training's: events of one step are one row until a tag comes again, and times that come without a learning
/// rate are validation's.
final class EventRecords implements LogFile.Records {

    private static final int MAX_RECORD = 1 << 28;

    private static final List<String> KNOWN = List.of("epoch", "iter", "lr", "time", "data_time");
    private static final int EPOCH = 0;
    private static final int ITER = 1;
    private static final int LR = 2;
    private static final int TIME = 3;
    private static final int DATA_TIME = 4;

    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_TENSOR = 8;

    private final RunPlace place;
    private final KeyTable tags = new KeyTable(KNOWN);
    private @Nullable Column[] columns = new Column[0];
    private int lastTag = -1;

    private boolean isBroken;
    private double firstWall = Double.NaN;
    private double firstSecond;
    private int row = -1;
    private long rowStep = -1;
    private long rateStep = -1;

    /// When and where an event was.
    private record At(long step, double wall) {}

    EventRecords(RunPlace place) {
        this.place = place;
    }

    @Override
    public int take(byte[] bytes, int to, boolean isEnd, LogBuilder into) {
        ByteBuffer all = ByteBuffer.wrap(bytes, 0, to).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (!isBroken && to - at >= EventFrame.HEAD) {
            long length = all.getLong(at);
            boolean isHead = EventFrame.checksum(all.slice(at, Long.BYTES)) == all.getInt(at + Long.BYTES);
            if (!isHead || length < 0 || length > MAX_RECORD) { // where the next record begins is not known any more
                isBroken = true;
                into.damaged();
                break;
            }
            int whole = EventFrame.HEAD + (int) length + EventFrame.TAIL;
            if (to - at < whole) {
                break;
            }
            record(all.slice(at + EventFrame.HEAD, (int) length), all.getInt(at + whole - EventFrame.TAIL), into);
            at += whole;
        }
        return isBroken ? to : at;
    }

    private void record(ByteBuffer content, int checksum, LogBuilder into) {
        boolean isSound = EventFrame.checksum(content.duplicate()) == checksum;
        try {
            if (isSound) {
                event(new ProtoReader(content), into);
                return;
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException _) {
            // not a message: counted below
        }
        into.damaged();
    }

    private void event(ProtoReader event, LogBuilder into) {
        double wall = Double.NaN;
        long step = 0;
        for (int field = event.next(); field != 0; field = event.next()) {
            switch (field) { // writers keep to the order of the numbers, so time and step are known before values
                case EVENT_WALL_TIME -> wall = event.float64();
                case EVENT_STEP -> step = event.number();
                case EVENT_SUMMARY -> summary(new ProtoReader(event.content()), new At(step, wall), into);
                default -> {}
            }
        }
    }

    private void summary(ProtoReader summary, At at, LogBuilder into) {
        for (int field = summary.next(); field != 0; field = summary.next()) {
            if (field == SUMMARY_VALUE) {
                value(new ProtoReader(summary.content()), at, into);
            }
        }
    }

    private void value(ProtoReader value, At at, LogBuilder into) {
        int tag = -1;
        for (int field = value.next(); field != 0; field = value.next()) {
            switch (field) {
                case VALUE_TAG -> tag = tag(value.content());
                case VALUE_SIMPLE -> add(tag, value.float32(), at, into);
                case VALUE_TENSOR -> {
                    OptionalDouble number = ScalarTensor.read(new ProtoReader(value.content()));
                    if (number.isPresent()) {
                        add(tag, number.getAsDouble(), at, into);
                    }
                }
                default -> {}
            }
        }
    }

    private int tag(ByteBuffer text) {
        int from = text.arrayOffset() + text.position();
        lastTag = tags.id(text.array(), from, from + text.remaining(), lastTag);
        return lastTag;
    }

    private void add(int tag, double value, At logged, LogBuilder into) {
        if (tag < 0 || tag == ITER) {
            return;
        }
        if (Double.isNaN(firstWall)) {
            begin(logged, into);
        }
        if (tag == EPOCH) {
            place.epoch(Math.round(value));
            into.epoch(logged.step, place.epoch());
            return;
        }
        if (tag == LR) {
            rateStep = logged.step;
        }
        At at = place.countsEpochs(logged.step) ? new At(place.step(), logged.wall) : logged;
        Column column = column(tag, at.step, into);
        if (at.step != rowStep || column.lastRow() == row) {
            double second = firstSecond + Math.max(0, at.wall - firstWall);
            row = into.row(at.step, second, at.wall);
            rowStep = at.step;
            place.event(at.step, second);
        }
        column.add(row, value);
    }

    /// The first value of a session: one that lies before the end of the session before says where it took
    /// over.
    private void begin(At first, LogBuilder into) {
        place.reach(first.step, into);
        firstWall = first.wall;
        firstSecond = place.second();
    }

    private Column column(int tag, long step, LogBuilder into) {
        if (columns.length < tags.size()) {
            columns = Arrays.copyOf(columns, tags.size() * 2);
        }
        Column column = columns[tag];
        if (column == null) {
            column = into.column(tags.name(tag));
            columns[tag] = column;
        }
        boolean isTime = tag == TIME || tag == DATA_TIME;
        boolean isValidation = isTime && rateStep >= 0 && (step != rateStep || column.lastStep() == step);
        return isValidation ? into.column("val/" + tags.name(tag)) : column;
    }
}
