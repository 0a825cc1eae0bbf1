package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;
import terrazzo.train.logs.NamedRun;
import terrazzo.train.logs.RunFiles;
import terrazzo.train.logs.RunNames;
import terrazzo.train.logs.RunReader;

/// The logs that a command is about.
final class LogFiles {

    @Parameters(
            paramLabel = "FILES",
            arity = "1..*",
            description = {
                "logs: scalars.json of 1.x, .log.json of 0.x, TensorBoard event files, or work dirs with these; the"
                        + " sessions of a resumed run are one curve"
            })
    private List<Path> files = new ArrayList<>();

    /// Reads them all, those of a folder by their names.
    List<NamedRun> read(Console console) throws IOException {
        List<RunFiles> found = new ArrayList<>();
        for (Path file : files) {
            found.addAll(RunFiles.find(file));
        }
        List<String> names = RunNames.of(found.stream().map(RunFiles::folder).toList());
        List<NamedRun> runs = new ArrayList<>();
        for (RunFiles run : found) {
            console.cancellation().check();
            RunReader reader = new RunReader(run);
            reader.poll();
            NamedRun read = new NamedRun(names.get(runs.size()), reader.snapshot());
            if (read.log().damaged() > 0) {
                console.warn(read.log().source() + ": " + read.log().damaged() + " damaged lines or records left out");
            }
            runs.add(read);
        }
        return runs;
    }
}
