package terrazzo.app.workspace.train;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import terrazzo.cli.Main;

/// Starts `terrazzo train` as a process of its own, on the Java and the class path that the studio runs on. It goes on
/// when the studio ends.
final class RunProcess {

    private RunProcess() {}

    /// @param resume whether to go on from the last checkpoint of the work dir
    static Process start(RunDir run, boolean resume) throws IOException {
        Files.createDirectories(run.workDir());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                config(run).toString(),
                "--work-dir",
                run.workDir().toString()));
        if (resume) {
            command.add("--resume");
        }
        File output = run.workDir().resolve(RunDir.OUTPUT).toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        process.getOutputStream().close(); // nobody will type
        return process;
    }

    private static Path config(RunDir run) {
        Path ours = run.workDir().resolve(RunDir.CONFIG);
        return Files.isRegularFile(ours) ? ours : run.workDir().resolve("config.py");
    }
}
