package terrazzo.checkpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.checkpoint.PickleValue.SetValue;
import terrazzo.checkpoint.PickleValue.Tuple;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// What a pickle has used up of its [PickleLimits].
final class PickleBudget {

    private final String where;
    private final PickleLimits limits;
    private long instructions;
    private long textBytes;

    PickleBudget(String where, PickleLimits limits) {
        this.where = where;
        this.limits = limits;
    }

    PickleLimits limits() {
        return limits;
    }

    void spend(long count) {
        instructions += count;
        if (instructions > limits.instructions()) {
            throw tooMuch(number(limits.instructions()) + " instructions", "more");
        }
    }

    void spendText(long bytes) {
        textBytes += bytes;
        if (textBytes > limits.textBytes()) {
            throw tooMuch(number(limits.textBytes()) + " bytes of text", "more");
        }
    }

    /// Checks how deep containers nest, without recursion of its own. A container within itself counts once.
    void checkDepth(PickleValue root) {
        IdentityHashMap<PickleValue, Integer> depths = new IdentityHashMap<>();
        Deque<PickleValue> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            PickleValue value = open.peek();
            Integer known = depths.get(value);
            if (known != null && known > 0) {
                open.pop();
            } else if (known == null) {
                depths.put(value, 0); // being looked at: whoever meets it again is inside of it
                children(value).stream()
                        .filter(child -> !depths.containsKey(child))
                        .forEach(open::push);
            } else {
                open.pop();
                int depth =
                        1 + children(value).stream().mapToInt(depths::get).max().orElse(0);
                depths.put(value, depth);
                if (depth > limits.depth()) {
                    throw tooMuch("containers nested " + limits.depth() + " deep", "deeper ones");
                }
            }
        }
    }

    private static List<PickleValue> children(PickleValue value) {
        List<PickleValue> all = new ArrayList<>();
        switch (value) {
            case ListValue list -> all.addAll(list.items());
            case Tuple tuple -> all.addAll(tuple.items());
            case SetValue set -> all.addAll(set.items());
            case Dict dict -> {
                all.addAll(dict.entries().keySet());
                all.addAll(dict.entries().values());
                dict.attributes().ifPresent(all::add);
            }
            case Opaque call -> {
                all.add(call.callee());
                all.add(call.args());
                all.addAll(call.items());
                all.addAll(call.entries().keySet());
                all.addAll(call.entries().values());
                call.state().ifPresent(all::add);
            }
            case PickleValue _ -> {} // scalars
        }
        all.removeIf(child -> !isContainer(child));
        return all;
    }

    private static boolean isContainer(PickleValue value) {
        return value instanceof ListValue
                || value instanceof Tuple
                || value instanceof SetValue
                || value instanceof Dict
                || value instanceof Opaque;
    }

    private CheckpointException tooMuch(String expected, String got) {
        return new CheckpointException(Complaint.at(where)
                .expected("at most " + expected)
                .got(got)
                .advice("refused to load: no checkpoint needs that, the file may be an attack"));
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
