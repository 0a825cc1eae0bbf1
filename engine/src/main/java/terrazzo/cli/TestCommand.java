package terrazzo.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.AtomicFile;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.data.datasets.DataRoot;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.sample.SegDataSample;
import terrazzo.inference.Evaluation;
import terrazzo.inference.SegModel;
import terrazzo.inference.files.Drawing;
import terrazzo.metrics.MetricReport;

/// Scores a checkpoint on the test data set of its config.
@Command(
        name = "test",
        description = "Score a checkpoint on the test data set of its config.",
        footer = {
            "",
            "Examples:",
            "  terrazzo test my_config.py iter_80000.pth --data-root data/cityscapes",
            "  terrazzo test cgnet_m3n21_camvid-480x360 cgnet.pth --data-root camvid --json scores.json",
            "  terrazzo test my_config.py best.pth --tta --show-dir drawn",
            "  terrazzo test --model default --data-root camvid"
        })
final class TestCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CONFIG",
            description = "config file, or the name of a packed one")
    private @Nullable String config;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CHECKPOINT",
            description = "trained weights: .pth or .safetensors")
    private @Nullable Path checkpoint;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "instead of both: a model of the catalogue, or default, the one that comes with the program")
    private @Nullable String model;

    @Option(
            names = "--data-root",
            paramLabel = "DIR",
            description = "folder of the data (default: what the config says)")
    private @Nullable Path dataRoot;

    @Option(names = "--json", paramLabel = "FILE", description = "write the scores as JSON, in percent")
    private @Nullable Path json;

    @Option(names = "--out", paramLabel = "DIR", description = "write the predicted label maps as palette PNG")
    private @Nullable Path out;

    @Option(
            names = "--show-dir",
            paramLabel = "DIR",
            description = "write pictures: ground truth at the left, prediction at the right")
    private @Nullable Path showDir;

    @Option(names = "--tta", description = "average the views of the config's tta_pipeline")
    private boolean tta;

    @Mixin
    private final RunOptions runOptions;

    @Mixin
    private DrawOptions drawOptions = new DrawOptions();

    TestCommand(Console console) {
        this.console = console;
        this.runOptions = new RunOptions(console::catalogues);
    }

    @Override
    public Integer call() throws IOException {
        NamedModel chosen = chosen();
        Config rooted = dataRoot == null ? chosen.config() : DataRoot.set(chosen.config(), dataRoot);
        try (SegModel opened = runOptions.open(rooted, chosen.checkpoint())) {
            Evaluation evaluation = Evaluation.read(rooted.root(), opened, tta);
            Drawing drawing =
                    drawOptions.drawing(evaluation.dataset().metainfo().palette(), opened.numClasses());
            Evaluation.Report report;
            try (ProgressBar progress = console.progress("images")) {
                report = evaluation.run(progress, console.cancellation(), saver(drawing));
            }
            print(report);
            if (json != null) {
                AtomicFile.writeText(json, toJson(report));
            }
            return ExitCode.OK;
        }
    }

    private NamedModel chosen() throws IOException {
        if (model != null) {
            if (config != null) {
                throw runOptions.usage("--model and CONFIG: expected one of them, got both");
            }
            return NamedModel.find(console, model, runOptions.cfgOptions());
        }
        if (config == null || checkpoint == null) {
            throw runOptions.usage("expected CONFIG and CHECKPOINT, or --model, got "
                    + (config == null ? "none of them" : "CONFIG alone"));
        }
        return new NamedModel(new ConfigLocator().load(config, runOptions.cfgOptions()), checkpoint);
    }

    private void print(Evaluation.Report report) {
        MetricReport metrics = report.metrics();
        console.out().println(metrics.table());
        StringBuilder line = new StringBuilder();
        metrics.summary().forEach((name, value) -> line.append(String.format(Locale.ROOT, "%s: %.2f  ", name, value)));
        console.out().println(line.toString().strip());
        console.out()
                .printf(
                        Locale.ROOT,
                        "%d images in %.1f s, %.2f images/s%n",
                        report.images(),
                        report.seconds(),
                        report.imagesPerSecond());
    }

    /// Writes what was asked for of each image.
    private Consumer<SegDataSample> saver(Drawing drawing) {
        return sample -> {
            LabelMap labels = Objects.requireNonNull(sample.predSemSeg());
            if (out != null) {
                LabelMapFile.save(out.resolve(stem(sample) + ".png"), labels, drawing.palette());
            }
            if (showDir != null) {
                Raster image = ImageFile.load(Path.of(sample.meta().name()));
                LabelMap truth = sample.gtSemSeg();
                Raster drawn = drawing.draw(image, labels);
                ImageFile.save(
                        showDir.resolve(stem(sample) + ".png"),
                        truth == null ? drawn : drawing.draw(image, truth).beside(drawn));
            }
        };
    }

    private static String stem(SegDataSample sample) {
        Path name = Path.of(sample.meta().name()).getFileName();
        return name == null ? "image" : name.toString().replaceFirst("\\.[^.]*$", "");
    }

    /// `{"aAcc": …, "mIoU": …, …, "classes": [{"name": …, "IoU": …, "Acc": …}, …]}`; what is not a number is null.
    private static String toJson(Evaluation.Report report) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        MetricReport metrics = report.metrics();
        metrics.summary().forEach((name, value) -> put(root, name, value));
        root.put("images", report.images());
        root.put("seconds", report.seconds());
        ArrayNode classes = root.putArray("classes");
        List<String> names = metrics.classes();
        for (int i = 0; i < names.size(); i++) {
            ObjectNode row = classes.addObject().put("name", names.get(i));
            int index = i;
            metrics.perClass().forEach((column, values) -> put(row, column, values.get(index)));
        }
        return mapper.writeValueAsString(root) + "\n";
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
