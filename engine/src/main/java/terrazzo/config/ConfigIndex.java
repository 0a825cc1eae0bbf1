package terrazzo.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import terrazzo.core.error.Nearest;

/// The names of the configs that are packed with the program: those of MMSegmentation 1.x, which they have here too,
/// and
/// those of 0.x.
///
/// `terrazzo/configs/index.tsv` lists them, for each jar its own: `family/name`, a tab, and the names of 0.x with
/// blanks
/// between them.
public final class ConfigIndex {

    private final Set<String> names;
    private final SortedMap<String, String> nameByAlias;

    private ConfigIndex(Set<String> names, SortedMap<String, String> nameByAlias) {
        this.names = Collections.unmodifiableSet(names);
        this.nameByAlias = Collections.unmodifiableSortedMap(nameByAlias);
    }

    /// Reads every index that `loader` sees; where two jars have the same name the first one has it.
    public static ConfigIndex load(ClassLoader loader) throws IOException {
        Set<String> names = new TreeSet<>();
        SortedMap<String, String> nameByAlias = new TreeMap<>();
        for (URL index : Collections.list(loader.getResources(ConfigSource.PACKED + "index.tsv"))) {
            for (String line : lines(index)) {
                String[] columns = line.split("\t", -1);
                String name = columns[0];
                names.add(name);
                nameByAlias.putIfAbsent(name.substring(name.indexOf('/') + 1), name);
                for (String old : columns[1].split(" ", -1)) {
                    nameByAlias.putIfAbsent(old, name);
                }
            }
        }
        nameByAlias.remove(""); // from configs that 0.x does not have
        return new ConfigIndex(names, nameByAlias);
    }

    private static List<String> lines(URL index) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList(); // the first names the columns
        }
    }

    /// `family/name` of every config, sorted.
    public Set<String> names() {
        return names;
    }

    /// `family/name` of the config that has `name` in 1.x or 0.x.
    ///
    /// @param name with or without `configs/`, the family's folder, and `.py`; other folders are another file
    public Optional<String> find(String name) {
        String path = bare(name);
        String found = nameByAlias.get(path.substring(path.lastIndexOf('/') + 1));
        if (found == null) {
            return Optional.empty();
        }
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return folder.isEmpty() || folder.equals(found.substring(0, found.indexOf('/') + 1))
                ? Optional.of(found)
                : Optional.empty();
    }

    /// `did you mean 'x' or 'y'?` with names of 1.x and 0.x, or an empty text.
    public String suggestion(String name) {
        String path = bare(name);
        return Nearest.suggestion(path.substring(path.lastIndexOf('/') + 1), nameByAlias.keySet());
    }

    private static String bare(String name) {
        return name.replace('\\', '/').replaceFirst("^(\\./)?(configs/)?", "").replaceFirst("\\.py$", "");
    }
}
