package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.SafeTensors;

/// Writes the weights of a checkpoint in another format.
@Command(
        name = "convert",
        header = "Write the weights of a checkpoint in another format.",
        description = {
            "Write the weights of a checkpoint, and what it says of the model, in another format. The state of"
                    + " training (optimizer, schedules, logs) is left out, so the file is smaller."
        },
        footer = {
            "Examples:",
            "  terrazzo checkpoint convert iter_40000.pth model.safetensors",
            "  terrazzo checkpoint convert old_format.pth new_format.pth"
        })
final class CheckpointConvertCommand implements Callable<Integer> {

    private static final List<String> KEPT = List.of("state_dict", "meta");

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "IN", description = "the checkpoint to read; its format is recognised")
    private Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "the file to write: .safetensors or .pth")
    private Path to = Path.of("");

    @Mixin
    private OutputFile output = new OutputFile();

    CheckpointConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        output.check(to);
        String name = to.toString().toLowerCase(Locale.ROOT);
        boolean torch = name.endsWith(".pth") || name.endsWith(".pt");
        if (!torch && !name.endsWith(".safetensors")) {
            throw new ParameterException(
                    spec.commandLine(), to + ": expected a name that ends in .safetensors or .pth");
        }
        Checkpoint read = Checkpoint.load(from);
        if (torch) {
            Dict root = Dict.plain()
                    .put("meta", read.meta().toValue())
                    .put("state_dict", read.stateDict().toValue());
            PthWriter.write(to, root);
        } else {
            SafeTensors.write(to, read.stateDict(), read.meta());
        }
        console.say("wrote " + to + ": " + read.stateDict().size() + " tensors, "
                + String.format(Locale.ROOT, "%,d", Files.size(to)) + " bytes");
        List<String> leftOut = leftOut(read);
        if (!leftOut.isEmpty()) {
            console.say("left out: " + String.join(", ", leftOut));
        }
        return ExitCode.OK;
    }

    private static List<String> leftOut(Checkpoint read) {
        boolean nested = read.root().at("state_dict").isPresent();
        if (!nested || !(read.root() instanceof Dict root)) {
            return List.of();
        }
        return root.entries().keySet().stream()
                .flatMap(key -> key.asText().stream())
                .filter(key -> !KEPT.contains(key))
                .toList();
    }
}
