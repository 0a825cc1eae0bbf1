package terrazzo.checkpoint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.checkpoint.PickleValue.Bool;
import terrazzo.checkpoint.PickleValue.Bytes;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.Int;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.checkpoint.PickleValue.None;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.checkpoint.PickleValue.Real;
import terrazzo.checkpoint.PickleValue.SetValue;
import terrazzo.checkpoint.PickleValue.Str;
import terrazzo.checkpoint.PickleValue.Tuple;
import terrazzo.core.error.CheckpointException;

/// The machine that a pickle is a program for: a stack, a memo and some 70 instructions, of protocols 0 to 5. It builds
/// values and never looks up a class; calls go to [PickleConstructors]. The instructions are those of
/// [pickletools](https://docs.python.org/3/library/pickletools.html).
final class PickleReader {

    private final PickleInput in;
    private final PickleBudget budget;
    private final PickleConstructors constructors;
    private final List<PickleValue> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();

    PickleReader(PickleInput in, PickleLimits limits, StorageSource storages) {
        this.in = in;
        this.budget = new PickleBudget(in.where(), limits);
        this.constructors = new PickleConstructors(in, budget, storages);
    }

    /// Runs the program from the input's position to its `STOP` and leaves the input behind it.
    ///
    /// @throws CheckpointException when the file is damaged, asks for too much or names something harmful
    PickleValue read() {
        while (true) {
            budget.spend(1);
            int opcode = in.u8();
            if (opcode == '.') {
                PickleValue value = pop();
                budget.checkDepth(value);
                return value;
            }
            step(opcode);
        }
    }

    /// What was called and not carried out, plain data left out.
    Set<String> inert() {
        return constructors.inert();
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> checkProtocol(in.u8());
            case 0x95 -> in.i64(); // frame: a hint for streams
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            case '(' -> marks.add(stack.size());
            case 'N' -> push(new None());
            case 0x88 -> push(new Bool(true));
            case 0x89 -> push(new Bool(false));
            case 'I' -> push(integerLine(in.line()));
            case 'L' -> push(integerLine(withoutSuffix(in.line())));
            case 'J' -> push(PickleValue.of(in.i32()));
            case 'K' -> push(PickleValue.of(in.u8()));
            case 'M' -> push(PickleValue.of(in.u16()));
            case 0x8a -> push(new Int(in.integer(in.u8())));
            case 0x8b -> push(new Int(in.integer(in.i32())));
            case 'F' -> push(realLine(in.line()));
            case 'G' -> push(new Real(in.bigEndianDouble()));
            case 'S' -> push(new Str(PickleText.unquote(in)));
            case 'V' -> push(new Str(PickleText.unescape(in.latin1Line())));
            case 'T' -> push(new Str(in.latin1(in.i32())));
            case 'U' -> push(new Str(in.latin1(in.u8())));
            case 'X' -> push(new Str(in.utf8(in.u32())));
            case 0x8c -> push(new Str(in.utf8(in.u8())));
            case 0x8d -> push(new Str(in.utf8(in.i64())));
            case 'B' -> push(new Bytes(in.bytes(in.u32())));
            case 'C' -> push(new Bytes(in.bytes(in.u8())));
            case 0x8e, 0x96 -> push(new Bytes(in.bytes(in.i64())));
            default -> stepContainer(opcode);
        }
    }

    private void stepContainer(int opcode) {
        switch (opcode) {
            case ']' -> push(new ListValue(List.of()));
            case 'l' -> push(new ListValue(popToMark()));
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(popToMark());
            case ')' -> push(Tuple.of());
            case 't' -> push(new Tuple(popToMark()));
            case 0x85 -> push(new Tuple(pop(1)));
            case 0x86 -> push(new Tuple(pop(2)));
            case 0x87 -> push(new Tuple(pop(3)));
            case '}' -> push(Dict.plain());
            case 'd' -> {
                List<PickleValue> items = popToMark();
                push(Dict.plain());
                setItems(items);
            }
            case 's' -> setItems(pop(2));
            case 'u' -> setItems(popToMark());
            case 0x8f -> push(new SetValue(List.of(), false));
            case 0x90 -> append(popToMark());
            case 0x91 -> push(new SetValue(popToMark(), true));
            default -> stepObject(opcode);
        }
    }

    private void stepObject(int opcode) {
        switch (opcode) {
            case 'g' -> push(recall(memoKey(in.line())));
            case 'h' -> push(recall(in.u8()));
            case 'j' -> push(recall(in.u32()));
            case 'p' -> memo.put(memoKey(in.line()), top());
            case 'q' -> memo.put((long) in.u8(), top());
            case 'r' -> memo.put(in.u32(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'c' -> push(global(in.line(), in.line()));
            case 0x93 -> {
                List<PickleValue> names = pop(2);
                push(global(text(names.get(0)), text(names.get(1))));
            }
            case 'i' -> {
                Global type = global(in.line(), in.line());
                push(constructors.call(type, new Tuple(popToMark()), true));
            }
            case 'o' -> {
                List<PickleValue> items = popToMark();
                if (items.isEmpty()) {
                    throw in.damaged("an object without a class");
                }
                push(constructors.call(items.getFirst(), new Tuple(items.subList(1, items.size())), true));
            }
            case 'R', 0x81 -> {
                List<PickleValue> call = pop(2);
                push(constructors.call(call.get(0), call.get(1), opcode == 0x81));
            }
            case 0x92 -> {
                List<PickleValue> call = pop(3); // class, args, named args
                push(constructors.call(call.get(0), new Tuple(call.subList(1, 3)), true));
            }
            case 'b' -> {
                PickleValue state = pop();
                build(top(), state);
            }
            case 'P' -> push(constructors.persistent(new Str(in.line())));
            case 'Q' -> push(constructors.persistent(pop()));
            default -> throw in.damaged("instruction 0x" + Integer.toHexString(opcode));
        }
    }

    private void build(PickleValue target, PickleValue state) {
        switch (target) {
            case Dict dict -> dict.withAttributes(state);
            case Opaque object -> object.withState(state);
            case PickleValue _ -> {} // a tensor's or a list's attributes have no meaning here
        }
    }

    private void append(List<PickleValue> items) {
        switch (top()) {
            case ListValue list -> items.forEach(list::add);
            case SetValue set -> items.forEach(set::add);
            case Opaque object -> items.forEach(object::add);
            case PickleValue _ -> throw in.damaged("items for something that is no list");
        }
    }

    private void setItems(List<PickleValue> items) {
        if (items.size() % 2 != 0) {
            throw in.damaged("a key without a value");
        }
        PickleValue target = top();
        for (int i = 0; i < items.size(); i += 2) {
            PickleValue key = items.get(i);
            PickleValue value = items.get(i + 1);
            switch (target) {
                case Dict dict -> dict.put(key, value);
                case Opaque object -> object.put(key, value);
                case PickleValue _ -> throw in.damaged("entries for something that is no dict");
            }
        }
    }

    private Global global(String module, String name) {
        Global global = new Global(module, name);
        GlobalPolicy.check(in.where(), global);
        return global;
    }

    private void push(PickleValue value) {
        stack.add(value);
    }

    private PickleValue top() {
        if (stack.size() <= floor()) {
            throw in.damaged("an instruction without a value");
        }
        return stack.getLast();
    }

    private PickleValue pop() {
        PickleValue value = top();
        stack.removeLast();
        return value;
    }

    /// The `count` topmost values, the oldest first.
    private List<PickleValue> pop(int count) {
        if (stack.size() - floor() < count) {
            throw in.damaged("an instruction without a value");
        }
        List<PickleValue> tail = stack.subList(stack.size() - count, stack.size());
        List<PickleValue> values = List.copyOf(tail);
        tail.clear();
        return values;
    }

    private List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw in.damaged("the end of a group that never began");
        }
        int count = stack.size() - floor();
        List<PickleValue> values = pop(count);
        marks.removeLast();
        return values;
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private PickleValue recall(long key) {
        PickleValue value = memo.get(key);
        if (value == null) {
            throw in.damaged("a reference to value " + key + ", which is not there");
        }
        return value;
    }

    private void checkProtocol(int protocol) {
        if (protocol > 5) {
            throw in.damaged("pickle protocol " + protocol);
        }
    }

    private String text(PickleValue value) {
        return value.asText().orElseThrow(() -> in.damaged("a name that is no text"));
    }

    private long memoKey(String line) {
        return integer(line).longValue();
    }

    private PickleValue integerLine(String line) {
        return switch (line) {
            case "00" -> new Bool(false);
            case "01" -> new Bool(true);
            default -> new Int(integer(line));
        };
    }

    private BigInteger integer(String line) {
        try {
            return new BigInteger(line.length() > 4096 ? "" : line.strip());
        } catch (NumberFormatException _) {
            throw in.damaged("a number that is none");
        }
    }

    private PickleValue realLine(String line) {
        try {
            return new Real(
                    switch (line.strip()) {
                        case "nan" -> Double.NaN;
                        case "inf" -> Double.POSITIVE_INFINITY;
                        case "-inf" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(line);
                    });
        } catch (NumberFormatException _) {
            throw in.damaged("a number that is none");
        }
    }

    private static String withoutSuffix(String line) {
        return line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    }
}
