package terrazzo.data.datasets;

import java.util.List;
import terrazzo.config.ConfigNode;

/// Which samples of a data set to take.
///
/// @param given indices as the settings list them, negative ones from the end; or one number: the first so many, or
///     when negative the last so many
/// @param isList whether a list was given
record Indices(List<Integer> given, boolean isList) {

    Indices {
        given = List.copyOf(given);
    }

    static Indices read(ConfigNode c) {
        return new Indices(c.ints("indices", List.of()), c.isList("indices"));
    }

    List<String> of(List<String> all) {
        if (isList) {
            return given.stream().map(i -> all.get(i < 0 ? all.size() + i : i)).toList();
        } else if (given.isEmpty()) {
            return List.copyOf(all);
        }
        int count = Math.min(Math.abs(given.getFirst()), all.size());
        return List.copyOf(given.getFirst() < 0 ? all.subList(all.size() - count, all.size()) : all.subList(0, count));
    }
}
