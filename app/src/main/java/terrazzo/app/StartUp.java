package terrazzo.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.cli.Main;

/// Starts the studio in processes of its own, with and without the file of loaded classes that the launcher
/// makes, in turns.
final class StartUp {

    private static final int ROUNDS = 5;
    private static final int PATIENCE_SECONDS = 300;
    private static final Pattern TIMES = Pattern.compile(
            "image after (\\d+) ms, result after (\\d+) ms, (\\d+) ms of processor time until the image");
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dai.djl.offline=true");

    private final Path folder;
    private final Consumer<String> say;

    /// @param folder for the file of classes
    /// @param say hears the figures
    StartUp(Path folder, Consumer<String> say) {
        this.folder = folder;
        this.say = say;
    }

    /// @param image milliseconds from the start of the process to the first frame with the demo image
    /// @param result milliseconds to the first frame with what the model found
    /// @param processor milliseconds of all processors until the image
    private record Times(int image, int result, int processor) {}

    /// Runs and says the medians.
    void measure() throws IOException, InterruptedException {
        boolean isPacked = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .allMatch(p -> p.endsWith(".jar"));
        Path cache = folder.resolve("studio.aot");
        if (isPacked) {
            start("-XX:AOTCacheOutput=" + cache);
        }
        List<Times> plain = new ArrayList<>();
        List<Times> cached = new ArrayList<>();
        start("-XX:AOTMode=off"); // files into the system's cache
        for (int i = 0; i < ROUNDS; i++) {
            plain.add(start("-XX:AOTMode=off"));
            if (isPacked) {
                cached.add(start("-XX:AOTCache=" + cache));
            }
        }
        say("start-up, plain", plain);
        if (isPacked) {
            say("start-up, with the AOT cache", cached);
        } else {
            say.accept("start-up with the AOT cache: not measured, for the class path holds folders — use ./terrazzo");
        }
    }

    private void say(String what, List<Times> times) {
        say.accept(String.format(
                Locale.ROOT,
                "%-52s first frame with the demo image after %d ms (%d ms of processor time), with its result after"
                        + " %d ms (medians of %d)",
                what,
                median(times, Times::image),
                median(times, Times::processor),
                median(times, Times::result),
                times.size()));
    }

    private static int median(List<Times> times, ToIntFunction<Times> figure) {
        return times.stream().mapToInt(figure).sorted().toArray()[times.size() / 2];
    }

    private Times start(String option) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(option, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("studio", "--demo", "--startup"));
        Path output = folder.resolve("start.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the studio did not start within " + PATIENCE_SECONDS + " s");
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Matcher times = TIMES.matcher(said);
        if (!times.find()) {
            throw new IOException("the studio did not say how long it took, but: " + said.strip());
        }
        return new Times(
                Integer.parseInt(times.group(1)), Integer.parseInt(times.group(2)), Integer.parseInt(times.group(3)));
    }
}
