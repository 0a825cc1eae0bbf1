package terrazzo.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which golden models to run, as `-Dgolden` and `-Dgolden.models` say.
final class GoldenChoice {

    private static final Path OURS = Path.of("golden", "models");

    private GoldenChoice() {}

    /// The folder that holds the figures. Maven runs the tests one folder below where it was started.
    static Path folder() {
        Path given = Path.of(System.getProperty("golden.models", ""));
        if (given.toString().isEmpty()) {
            return OURS;
        }
        return Files.isDirectory(given) ? given : Path.of("..").resolve(given);
    }

    /// Names of the chosen models, sorted.
    static List<String> names() throws IOException {
        String choice = System.getProperty("golden", "");
        List<String> all = names(folder());
        if (isSample()) {
            return onePerFamily(all);
        }
        return choice.isEmpty() || choice.equals("all")
                ? all
                : all.stream().filter(name -> name.contains(choice)).toList();
    }

    /// Whether nobody asked for certain models.
    static boolean isSample() {
        return folder().equals(OURS) && System.getProperty("golden", "").isEmpty();
    }

    /// Names of the models whose training figures are known not to be met.
    static Set<String> known() throws IOException {
        return Files.readAllLines(Path.of("golden", "known-differences.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", 2)[0])
                .collect(Collectors.toSet());
    }

    /// The smallest model of each family, a family being the first word of the name. One with known
    /// differences only where the family has no other.
    private static List<String> onePerFamily(List<String> names) throws IOException {
        Map<String, String> chosen = new TreeMap<>();
        Map<String, Long> least = new HashMap<>();
        Set<String> known = known();
        for (String name : names) {
            String family = name.replaceFirst("[_-].*", "");
            long params = GoldenModel.load(OURS, name).json().get("params").asLong();
            long cost = params + (known.contains(name) ? Integer.MAX_VALUE : 0);
            if (cost < least.getOrDefault(family, Long.MAX_VALUE)) {
                least.put(family, cost);
                chosen.put(family, name);
            }
        }
        return List.copyOf(chosen.values());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".json.gz"))
                    .map(f -> f.substring(0, f.length() - ".json.gz".length()))
                    .sorted()
                    .toList();
        }
    }
}
