package terrazzo.app.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import terrazzo.cli.Main;

/// The command line of this program as a process of its own, on the Java and the class path that this one runs on.
public final class OwnProcess {

    private OwnProcess() {}

    /// @param arguments a command and what follows it
    public static ProcessBuilder of(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        return builder;
    }
}
