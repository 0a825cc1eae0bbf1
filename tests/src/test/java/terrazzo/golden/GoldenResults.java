package terrazzo.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The file of `-Dgolden.results=FILE`: a line per model with how far its worst logit, loss and gradient
/// norm are off, each as a part of what is allowed, so that above 1 is a failure; `-` where the reference
/// itself could not train.
final class GoldenResults {

    private GoldenResults() {}

    /// The models that the file has already.
    static Set<String> done() throws IOException {
        Optional<Path> file = file().filter(Files::exists);
        List<String> lines = file.isPresent() ? Files.readAllLines(file.get()) : List.of();
        return lines.stream().map(line -> line.split("\t", 2)[0]).collect(Collectors.toSet());
    }

    static void add(String name, Comparison eval, Optional<GoldenRun.Training> training) throws IOException {
        if (file().isPresent()) {
            String loss = training.map(t -> t.losses().worst()).orElse("-");
            String gradient = training.map(t -> t.gradients().worst()).orElse("-");
            String line = String.join("\t", name, eval.worst(), loss, gradient) + "\n";
            Files.writeString(file().get(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /// Maven runs the tests one folder below where it was started.
    private static Optional<Path> file() {
        String name = System.getProperty("golden.results", "");
        return name.isEmpty() ? Optional.empty() : Optional.of(Path.of("..").resolve(name));
    }
}
