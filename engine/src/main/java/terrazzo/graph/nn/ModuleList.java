package terrazzo.graph.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Parts named `0`, `1`, `2`, … that their owner calls as it likes.
public final class ModuleList<M extends Module> extends Module {

    private final List<M> items = new ArrayList<>();

    public ModuleList(int count, IntFunction<M> make) {
        for (int i = 0; i < count; i++) {
            items.add(child(Integer.toString(i), make.apply(i)));
        }
    }

    public static <M extends Module> ModuleList<M> of(List<M> items) {
        return new ModuleList<>(items.size(), items::get);
    }

    public List<M> items() {
        return List.copyOf(items);
    }
}
