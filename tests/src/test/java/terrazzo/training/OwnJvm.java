package terrazzo.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A process with the engine on its class path, for tests that end it or look at it from outside.
final class OwnJvm {

    private OwnJvm() {}

    /// A program of the tests.
    ///
    /// @param options of the JVM, beside those that the engine needs
    static ProcessBuilder running(Class<?> program, List<String> options, String... arguments) {
        return running(program.getName(), options, Arrays.asList(arguments));
    }

    /// `terrazzo train` on one thread of the CPU.
    ///
    /// @param options of the JVM, beside those that the engine needs
    static ProcessBuilder training(Path config, Path workDir, List<String> options, String... arguments) {
        List<String> train = new ArrayList<>(
                List.of("train", config.toString(), "--work-dir", workDir.toString(), "--threads", "1"));
        train.addAll(List.of("--device", "cpu"));
        train.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = running("terrazzo.cli.Main", options, train);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        return builder;
    }

    private static ProcessBuilder running(String program, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
