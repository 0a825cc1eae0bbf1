package terrazzo.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/// Numbers storages in the order in which they are first met, so that tensors which share one still do when read back.
final class StorageKeys {

    private final IdentityHashMap<Storage, String> keys = new IdentityHashMap<>();
    private final List<Storage> storages = new ArrayList<>();

    String key(Storage storage) {
        return keys.computeIfAbsent(storage, s -> {
            storages.add(s);
            return Integer.toString(storages.size() - 1);
        });
    }

    /// The storage with key `i` at place `i`.
    List<Storage> storages() {
        return Collections.unmodifiableList(storages);
    }
}
