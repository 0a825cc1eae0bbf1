package terrazzo.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The pages that people read first say what is there.
final class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private final Repository repository = Repository.here();

    @Test
    void theArchitectureNamesEveryPackage() throws IOException {
        String page = Repository.text(repository.root().resolve("ARCHITECTURE.md"));
        TreeSet<String> packages = new TreeSet<>();
        Pattern place = Pattern.compile("/src/main/java/terrazzo/(?:app/)?(\\w+)/");
        for (Path file : repository.mainJavaFiles()) {
            Matcher matcher = place.matcher(repository.name(file));
            if (matcher.find()) {
                packages.add(matcher.group(1));
            }
        }
        packages.remove("app");
        packages.removeIf(name -> page.contains("`" + name + "`"));
        assertEquals(List.of(), List.copyOf(packages), "ARCHITECTURE.md has no word on these packages");
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : repository.files()) {
            if (!file.toString().endsWith(".md")) {
                continue;
            }
            Matcher link = LINK.matcher(Repository.text(file));
            while (link.find()) {
                if (!Files.exists(file.resolveSibling(link.group(1)))) {
                    broken.add(repository.name(file) + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }
}
