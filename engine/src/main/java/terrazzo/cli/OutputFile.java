package terrazzo.cli;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The promise of commands that write one file: it does not replace another one unless asked to.
final class OutputFile {

    @Option(names = "--force", description = "replace the file if it exists")
    private boolean force;

    /// @throws FileAlreadyExistsException when `file` exists and may not be replaced
    void check(Path file) throws FileAlreadyExistsException {
        if (!force && Files.exists(file)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "choose another name, or add --force to replace it");
        }
    }
}
