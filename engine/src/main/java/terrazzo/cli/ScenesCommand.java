package terrazzo.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import terrazzo.core.Scale;
import terrazzo.data.scenes.SceneFolder;
import terrazzo.data.scenes.SceneGenerator;
import terrazzo.data.scenes.SceneLabels;

/// Draws a data set of street scenes.
@Command(
        name = "scenes",
        header = "Draw a data set of street scenes with exact labels.",
        description = {
            "Draw a data set of street scenes with exact labels in eight classes, laid out as MMSegmentation finds"
                    + " it: img_dir and ann_dir, each with train and val. The same seed gives the same files."
        },
        footer = {
            "Examples:",
            "  terrazzo scenes data/scenes",
            "  terrazzo scenes data/scenes --count 1000 --val 200 --size 512x256 --seed 7"
        })
final class ScenesCommand implements Callable<Integer> {

    private static final int SMALLEST = 16;
    private static final int VAL_PART = 5;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "OUT", description = "the folder to write; files of the same names are replaced")
    private Path out = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100",
            description = "scenes in all (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--val", paramLabel = "N", description = "how many of them are for validation (default: a fifth)")
    private int val = -1;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "256x192",
            converter = ScaleText.class,
            description = "width and height in pixels (default: ${DEFAULT-VALUE})")
    private Scale size = new Scale(0, 0);

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "another number gives other scenes (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--labels-of",
            paramLabel = "DATASET",
            defaultValue = "SceneDataset",
            description = "whose numbers and colours the classes get: SceneDataset, CamVidDataset or CityscapesDataset"
                    + " (default: ${DEFAULT-VALUE})")
    private String dataset = "SceneDataset";

    ScenesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        int forVal = val < 0 ? count / VAL_PART : val;
        if (count < 1 || forVal > count) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--count: expected 1 or more, and no less than --val, got " + count + " and " + forVal);
        }
        if (!SceneLabels.DATASETS.contains(dataset)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--labels-of: expected one of " + String.join(", ", SceneLabels.DATASETS) + ", got '" + dataset
                            + "'");
        }
        try (ProgressBar progress = console.progress("scenes")) {
            new SceneFolder(count - forVal, forVal, size.toSize(), SceneLabels.of(dataset))
                    .write(out, SceneGenerator.of(seed), progress, console.cancellation());
        }
        console.say("wrote " + (count - forVal) + " scenes for training and " + forVal + " for validation to " + out);
        return ExitCode.OK;
    }

    /// Reads `512x256`, width first.
    static final class ScaleText implements ITypeConverter<Scale> {

        @Override
        public Scale convert(String text) {
            if (text.matches("\\d{1,5}x\\d{1,5}")) {
                String[] parts = text.split("x", -1);
                Scale scale = new Scale(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                if (Math.min(scale.width(), scale.height()) >= SMALLEST) {
                    return scale;
                }
            }
            throw new TypeConversionException("expected WIDTHxHEIGHT from 16x16, got '" + text + "'");
        }
    }
}
