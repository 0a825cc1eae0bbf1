package terrazzo.train.logs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// Short names that tell runs apart.
public final class RunNames {

    private RunNames() {}

    /// A name for each path: its last part that not all share, or, where some share that, the parts further
    /// up in which they differ.
    public static List<String> of(List<Path> paths) {
        List<List<String>> parts =
                new ArrayList<>(paths.stream().map(RunNames::parts).toList());
        while (parts.size() > 1 && shareLast(parts)) {
            parts.replaceAll(p -> p.subList(0, p.size() - 1));
        }
        List<String> names = new ArrayList<>();
        for (List<String> path : parts) {
            String last = path.getLast();
            List<List<String>> twins =
                    parts.stream().filter(p -> p.getLast().equals(last)).toList();
            names.add(twins.size() == 1 ? last : apart(path, twins, last));
        }
        List<String> first = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) { // two whose ends differ may be called alike by what is further up
            String name = names.get(i);
            String last = parts.get(i).getLast();
            if (Collections.frequency(first, name) > 1 && !name.equals(last)) {
                names.set(i, name + "/…/" + last);
            }
        }
        return names;
    }

    private static List<String> parts(Path path) {
        List<String> parts = new ArrayList<>(
                StreamSupport.stream(path.toAbsolutePath().normalize().spliterator(), false)
                        .map(Path::toString)
                        .toList());
        if (parts.size() > 1 && parts.getLast().equals("scalars.json")) {
            parts.removeLast();
            parts.remove("vis_data");
        }
        return parts;
    }

    private static boolean shareLast(List<List<String>> parts) {
        String last = parts.getFirst().getLast();
        return parts.stream().allMatch(p -> p.size() > 1 && p.getLast().equals(last))
                && parts.stream().distinct().count() > 1;
    }

    /// The lowest parts that together set a path apart from those that end as it does; that end is left out.
    private static String apart(List<String> path, List<List<String>> twins, String last) {
        List<List<String>> left = twins;
        TreeMap<Integer, String> chosen = new TreeMap<>(Comparator.reverseOrder());
        for (int up = 2; up <= path.size() && left.size() > 1; up++) {
            int level = up;
            List<List<String>> same = left.stream()
                    .filter(t -> partAt(t, level).equals(partAt(path, level)))
                    .toList();
            if (same.size() < left.size()) {
                chosen.put(up, partAt(path, up));
                left = same;
            }
        }
        StringBuilder name = new StringBuilder();
        int before = 0;
        for (Map.Entry<Integer, String> part : chosen.entrySet()) {
            name.append(before == 0 ? "" : before == part.getKey() + 1 ? "/" : "/…/")
                    .append(part.getValue());
            before = part.getKey();
        }
        return name.isEmpty() ? last : name.toString();
    }

    private static String partAt(List<String> path, int up) {
        return up <= path.size() ? path.get(path.size() - up) : "";
    }
}
