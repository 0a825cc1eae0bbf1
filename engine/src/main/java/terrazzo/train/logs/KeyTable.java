package terrazzo.train.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers the keys of a log. Rows repeat their keys in the same order, so the key that followed the last one
/// before is compared first, which spares making and hashing texts.
final class KeyTable {

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private byte[][] bytes = new byte[16][];
    private int[] follower = new int[16];

    /// @param known keys that get the first numbers
    KeyTable(List<String> known) {
        known.forEach(this::add);
    }

    String name(int id) {
        return names.get(id);
    }

    int size() {
        return names.size();
    }

    /// How many bytes a key has.
    int length(int id) {
        return bytes[id].length;
    }

    /// The number of the key in quotes that begins at `from`, if it is the one that followed `last` before; else
    /// -1.
    int follower(byte[] text, int from, int to, int last) {
        int guess = last < 0 ? -1 : follower[last];
        if (guess < 0) {
            return -1;
        }
        int length = bytes[guess].length;
        boolean isSame = from + length + 1 < to
                && text[from] == '"'
                && text[from + length + 1] == '"'
                && Arrays.equals(bytes[guess], 0, length, text, from + 1, from + 1 + length);
        return isSame ? guess : -1;
    }

    /// The number of the key in `[from, to)`.
    ///
    /// @param last the key before it in the row, -1 for the first
    int id(byte[] text, int from, int to, int last) {
        String name = new String(text, from, to - from, StandardCharsets.UTF_8);
        Integer known = ids.get(name);
        int id = known == null ? add(name) : known;
        if (last >= 0) {
            follower[last] = id;
        }
        return id;
    }

    private int add(String name) {
        int id = names.size();
        names.add(name);
        ids.put(name, id);
        if (id == bytes.length) {
            bytes = Arrays.copyOf(bytes, id * 2);
            follower = Arrays.copyOf(follower, id * 2);
        }
        bytes[id] = name.getBytes(StandardCharsets.UTF_8);
        follower[id] = -1;
        return id;
    }
}
