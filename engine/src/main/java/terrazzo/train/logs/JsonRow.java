package terrazzo.train.logs;

import java.util.Arrays;
import java.util.List;

/// The numbers of one line of JSON, with their keys. Everything else in the line (texts, lists, nested
/// objects) is passed over, but for whether `mode` says that this is not a training row.
final class JsonRow {

    /// The number of `step` among the keys; the others follow in the order of [#KNOWN].
    static final int STEP = 0;

    static final int ITER = 1;
    static final int EPOCH = 2;
    static final int TIME = 3;
    static final int LR = 4;
    static final int MODE = 5;
    static final int MEMORY = 6;
    static final int DATA_TIME = 7;

    private static final List<String> KNOWN =
            List.of("step", "iter", "epoch", "time", "lr", "mode", "memory", "data_time");

    private final KeyTable keys = new KeyTable(KNOWN);
    private final DecimalText numbers = new DecimalText();
    private int[] key = new int[16];
    private double[] value = new double[16];
    private int size;
    private boolean training;
    private boolean hasMode;

    private byte[] text = new byte[0];
    private int at;
    private int end;

    KeyTable keys() {
        return keys;
    }

    int size() {
        return size;
    }

    int key(int index) {
        return key[index];
    }

    double value(int index) {
        return value[index];
    }

    /// The value of a known key, NaN when the row has none.
    double get(int id) {
        for (int i = 0; i < size; i++) {
            if (key[i] == id) {
                return value[i];
            }
        }
        return Double.NaN;
    }

    boolean has(int id) {
        for (int i = 0; i < size; i++) {
            if (key[i] == id) {
                return true;
            }
        }
        return false;
    }

    /// Whether the row has a `mode`, as those of 0.x do.
    boolean hasMode() {
        return hasMode;
    }

    /// Whether [#hasMode] and it says `train`.
    boolean isTraining() {
        return training;
    }

    /// Reads the line in `[from, to)`.
    ///
    /// @return whether it is an object of JSON; NaN and Infinity, which Python writes, count as numbers
    boolean parse(byte[] line, int from, int to) {
        text = line;
        at = from;
        end = to;
        size = 0;
        training = false;
        hasMode = false;
        try {
            return object() && blank() == end;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private boolean object() {
        if (!eat('{')) {
            return false;
        }
        if (eat('}')) {
            return true;
        }
        int last = -1;
        do {
            blank();
            int open = at;
            int id = keys.follower(text, open, end, last);
            if (id >= 0) {
                at = open + keys.length(id) + 2;
            } else if (skipText()) {
                id = keys.id(text, open + 1, at - 1, last);
            } else {
                return false;
            }
            last = id;
            if (!eat(':') || !member(id)) {
                return false;
            }
        } while (eat(','));
        return eat('}');
    }

    private boolean member(int id) {
        if (blank() == end) {
            return false;
        }
        int start = at;
        byte first = text[at];
        if (first >= '0' && first <= '9') {
            double number = numbers.read(text, at, end);
            at = numbers.end();
            add(id, number);
            return true; // whoever goes on sees whether something else follows
        }
        if (first == '"') {
            if (!skipText()) {
                return false;
            }
            if (id == MODE) {
                hasMode = true;
                training = equal("train", start + 1, at - 1);
            }
            return true;
        }
        if (first == '{' || first == '[') {
            return skipNested();
        }
        while (at < end && text[at] != ',' && text[at] != '}' && text[at] > ' ') {
            at++;
        }
        if (at == start) {
            return false;
        }
        if (equal("null", start, at) || equal("true", start, at) || equal("false", start, at)) {
            return true;
        }
        add(id, number(start));
        return true;
    }

    private double number(int start) {
        if (equal("NaN", start, at)) {
            return Double.NaN;
        }
        if (equal("Infinity", start, at)) {
            return Double.POSITIVE_INFINITY;
        }
        if (equal("-Infinity", start, at)) {
            return Double.NEGATIVE_INFINITY;
        }
        return numbers.parse(text, start, at);
    }

    private void add(int id, double number) {
        if (size == key.length) {
            key = Arrays.copyOf(key, size * 2);
            value = Arrays.copyOf(value, size * 2);
        }
        key[size] = id;
        value[size++] = number;
    }

    /// Moves behind a text in quotes.
    private boolean skipText() {
        if (at >= end || text[at] != '"') {
            return false;
        }
        at++;
        while (at < end && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        at++;
        return at <= end;
    }

    /// Moves behind a list or an object; brackets inside texts don't count.
    private boolean skipNested() {
        int depth = 0;
        do {
            byte c = text[at];
            if (c == '"') {
                if (!skipText()) {
                    return false;
                }
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            at++;
        } while (depth > 0 && at < end);
        return depth == 0;
    }

    private boolean equal(String word, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean eat(char wanted) {
        if (blank() == end || text[at] != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /// Moves to the next character that is not white.
    private int blank() {
        while (at < end && text[at] <= ' ' && text[at] >= 0) {
            at++;
        }
        return at;
    }
}
