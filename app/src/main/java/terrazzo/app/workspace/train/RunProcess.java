package terrazzo.app.workspace.train;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import terrazzo.app.task.OwnProcess;

/// Starts `terrazzo train` as a process of its own. It goes on when the studio ends.
final class RunProcess {

    private RunProcess() {}

    /// @param resume whether to go on from the last checkpoint of the work dir
    static Process start(RunDir run, boolean resume) throws IOException {
        Files.createDirectories(run.workDir());
        List<String> arguments = new ArrayList<>(List.of(
                "train", config(run).toString(), "--work-dir", run.workDir().toString()));
        if (resume) {
            arguments.add("--resume");
        }
        File output = run.workDir().resolve(RunDir.OUTPUT).toFile();
        Process process = OwnProcess.of(arguments)
                .redirectOutput(ProcessBuilder.Redirect.to(output))
                .start();
        process.getOutputStream().close(); // nobody will type
        return process;
    }

    private static Path config(RunDir run) {
        Path ours = run.workDir().resolve(RunDir.CONFIG);
        return Files.isRegularFile(ours) ? ours : run.workDir().resolve("config.py");
    }
}
