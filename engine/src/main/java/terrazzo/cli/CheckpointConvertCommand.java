package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.CheckpointMeta;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.SafeTensors;
import terrazzo.checkpoint.StateDict;
import terrazzo.checkpoint.convert.Converters;
import terrazzo.checkpoint.convert.KeyConverter;
import terrazzo.config.ConfigLocator;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// Writes the weights of a checkpoint in another format, or under our keys.
@Command(
        name = "convert",
        header = "Write the weights of a checkpoint in another format or under our keys.",
        description = {
            "Write the weights of a checkpoint, and what it says of the model, in another format. The state of"
                    + " training (optimizer, schedules, logs) is left out, so the file is smaller.",
            "",
            "With --from, weights that others publish get the keys of our backbones, to start training from."
        },
        footer = {
            "Examples:",
            "  terrazzo checkpoint convert iter_40000.pth model.safetensors",
            "  terrazzo checkpoint convert iter_40000.pth small.safetensors --half",
            "  terrazzo checkpoint convert old_format.pth new_format.pth",
            "  terrazzo checkpoint convert swin_tiny_patch4_window7_224.pth swin_tiny.pth --from swin",
            "  terrazzo checkpoint convert B_16.npz vit_base.pth --from auto"
        })
final class CheckpointConvertCommand implements Callable<Integer> {

    private static final String AUTO = "auto";

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "IN", description = "the checkpoint to read; its format is recognised")
    private Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "the file to write: .safetensors or .pth")
    private Path to = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "ORIGIN",
            completionCandidates = Origins.class,
            description = {
                "whose keys the file has: auto, beit (also MAE), jax-vit (.npz), mit (SegFormer), stdc, swin, timm-vit"
                        + " (also DeiT), twins; without it, keys stay as they are"
            })
    private String origin = "";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "CONFIG",
            description =
                    "the config that OUT carries, a file or the name of a packed one (default: that of IN, with the"
                            + " folders of whoever trained it)")
    private @Nullable String config;

    @Option(
            names = "--half",
            description =
                    "keep weights of two and more dimensions in 16 bits (float16): half the size, and the labels of"
                            + " few pixels change; they are widened when a model is opened")
    private boolean half;

    @Mixin
    private OutputFile output = new OutputFile();

    private final Converters converters = Converters.builtIn();

    CheckpointConvertCommand(Console console) {
        this.console = console;
    }

    /// What `--from` takes.
    static final class Origins implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Stream.of(AUTO), Converters.builtIn().names().stream())
                    .iterator();
        }
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
        checkOrigin();
        Checkpoint read = Checkpoint.load(from);
        StateDict full = converted(read.stateDict());
        StateDict weights = half ? full.halved() : full;
        CheckpointMeta meta = config == null
                ? read.meta()
                : read.meta()
                        .withConfig(new ConfigLocator().load(config, List.of()).toPython());
        if (torch) {
            PthWriter.writeModel(to, weights, meta);
        } else {
            SafeTensors.write(to, weights, meta);
        }
        console.say("wrote " + to + ": " + weights.size() + " tensors, "
                + String.format(Locale.ROOT, "%,d", Files.size(to)) + " bytes");
        List<String> leftOut = read.otherParts();
        if (!leftOut.isEmpty()) {
            console.say("left out: " + String.join(", ", leftOut));
        }
        return ExitCode.OK;
    }

    private void checkOrigin() {
        if (!origin.isEmpty()
                && !origin.equals(AUTO)
                && converters.named(origin).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from: expected auto, " + String.join(", ", converters.names()) + ", got '" + origin + "'");
        }
    }

    /// The weights under our keys, when that was asked for; else a hint, when they are under someone else's.
    private StateDict converted(StateDict weights) {
        Optional<KeyConverter> detected = converters.detect(weights);
        if (origin.isEmpty()) {
            detected.ifPresent(c ->
                    console.say("note: the keys are those of " + c.origin() + "; --from " + c.name() + " gives ours"));
            return weights;
        }
        KeyConverter converter = origin.equals(AUTO)
                ? detected.orElseThrow(() -> unknown("keys of " + String.join(", ", converters.names()), weights, ""))
                : converters.named(origin).orElseThrow();
        StateDict made = Converters.convert(converter, weights);
        if (made.size() == 0) {
            String advice = detected.map(c -> "they look like " + c.origin() + ": --from " + c.name())
                    .orElse("");
            throw unknown("keys of " + converter.origin(), weights, advice);
        }
        console.say("converted from " + converter.origin() + " (" + converter.name() + ")");
        return made;
    }

    private CheckpointException unknown(String expected, StateDict weights, String advice) {
        return new CheckpointException(Complaint.at(from.toString())
                .expected(expected)
                .got(weights.keys().stream().limit(2).collect(Collectors.joining("', '", "'", "' …")))
                .advice(advice));
    }
}
