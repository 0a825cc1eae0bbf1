package terrazzo.config.eval;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.core.error.SourceSpan;

/// The variables of a config, or of one comprehension inside it.
final class Scope {

    private final DictItem variables = new DictItem();
    private final @Nullable Scope outer;

    Scope() {
        this.outer = null;
    }

    Scope(Scope outer) {
        this.outer = outer;
    }

    Optional<Item> find(String name) {
        Optional<Item> own = variables.find(name).or(() -> variables.find("__class__" + name));
        return own.isPresent() || outer == null ? own : outer.find(name);
    }

    void assign(String name, Item value, SourceSpan span) {
        variables.put(name, value, span);
    }

    boolean remove(String name) {
        return variables.entries().remove(name) != null;
    }

    Collection<Entry> variables() {
        return variables.entries().values();
    }

    /// All names that can be used here, for suggestions.
    List<String> names() {
        return variables.entries().keySet().stream().map(Object::toString).toList();
    }
}
