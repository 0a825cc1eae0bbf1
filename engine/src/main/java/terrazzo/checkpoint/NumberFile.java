package terrazzo.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// A list of numbers in a file, such as weights of classes: `.npy`, `.pkl` (a list or an array, read without running
/// anything), or text that lists them, be it JSON, YAML or plain.
public final class NumberFile {

    private static final long MAX_SIZE = 1 << 20;

    private NumberFile() {}

    /// @param name path of the file, from the working directory where it is relative
    /// @throws CheckpointException when it can't be read or holds something else
    public static List<Double> read(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_SIZE) {
                throw refusal(name, "more than " + MAX_SIZE + " bytes");
            }
            return numbers(name, Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            throw refusal(name, "no such file");
        } catch (IOException | InvalidPathException e) {
            throw refusal(name, "a file that can't be read (" + e.getMessage() + ")");
        }
    }

    private static List<Double> numbers(String name, byte[] content) {
        String lower = name.toLowerCase(Locale.ROOT);
        MemorySegment bytes = MemorySegment.ofArray(content);
        if (lower.endsWith(".npy")) {
            return numbers(name, NumpyFile.read(name, bytes).root().at("array").orElseThrow());
        }
        if (lower.endsWith(".pkl") || lower.endsWith(".pickle")) {
            return numbers(name, TorchLegacy.read(name, bytes).root());
        }
        List<Double> numbers = new ArrayList<>();
        for (String word : new String(content, StandardCharsets.UTF_8).split("[\\s,\\[\\]]+")) {
            if (!word.isEmpty() && !word.equals("-")) { // an item of YAML
                numbers.add(number(name, word));
            }
        }
        return checked(name, numbers);
    }

    private static List<Double> numbers(String name, PickleValue value) {
        Optional<HostTensor> array = value.asTensor();
        if (array.isPresent()) {
            return checked(
                    name, DoubleStream.of(array.get().toDoubles()).boxed().toList());
        }
        List<Double> numbers = new ArrayList<>();
        for (PickleValue item : value.asItems()) {
            numbers.add(item.asDouble().orElseThrow(() -> refusal(name, "something else among them")));
        }
        return checked(name, numbers);
    }

    private static double number(String name, String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException _) {
            throw refusal(name, "'" + word.substring(0, Math.min(20, word.length())) + "'");
        }
    }

    private static List<Double> checked(String name, List<Double> numbers) {
        if (numbers.isEmpty()) {
            throw refusal(name, "none");
        }
        return List.copyOf(numbers);
    }

    private static CheckpointException refusal(String name, String got) {
        return new CheckpointException(
                Complaint.at(name).expected("a list of numbers").got(got));
    }
}
