package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import terrazzo.core.Progress;
import terrazzo.core.image.LabelCounts;
import terrazzo.core.image.LabelMap;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.tiles.LargeImageFile;
import terrazzo.inference.SegModel;
import terrazzo.inference.exporters.Exporters;
import terrazzo.inference.files.Drawing;
import terrazzo.inference.files.InputFiles;
import terrazzo.inference.files.SegmentFiles;
import terrazzo.inference.files.SegmentFiles.Export;
import terrazzo.inference.files.SegmentFiles.Job;
import terrazzo.inference.overlay.Overlay;
import terrazzo.inference.video.FrameLabeller;
import terrazzo.inference.video.VideoPipeline;
import terrazzo.inference.video.VideoReport;
import terrazzo.inference.video.VideoSink;
import terrazzo.inference.video.VideoSource;

/// Segments an image, a folder of images, or a video.
@Command(
        name = "infer",
        description = "Segment an image, a folder of images, a video or a camera, and draw the classes over it.",
        footer = {
            "",
            "Examples:",
            "  terrazzo infer street.jpg",
            "  terrazzo infer photos/ --out drawn/ --save-mask",
            "  terrazzo infer 'photos/**.png' --config my_config.py --checkpoint iter_80000.pth",
            "  terrazzo infer drive.mp4 --config my_config.py --checkpoint best.pth --precision bf16",
            "  terrazzo infer street.jpg --model pspnet_r50-d8_4xb2-40k_cityscapes-512x1024"
        })
final class InferCommand implements Callable<Integer> {

    /// Frames on which the network is timed alone, for the ratio that the report ends with.
    private static final int CALIBRATIONS = 8;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "INPUT",
            description = "image, folder (searched with subfolders), pattern in quotes, video, address, or camera:N")
    private String input = "";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "PATH",
            description = "file or folder for the drawn pictures (default: the input's name with _seg, here)")
    private @Nullable Path out;

    @Option(names = "--save-mask", description = "also write label maps as palette PNG, one class index per pixel")
    private boolean saveMask;

    @Option(
            names = "--export",
            paramLabel = "NAME",
            split = ",",
            description = "also write results of images in this format: shares (a CSV of classes), or a plugin's; of"
                    + " images too large for memory not every plugin's")
    private List<String> exports = List.of();

    @Option(
            names = "--classes",
            paramLabel = "NAMES",
            split = ",",
            description = "names of the classes in the order of the model's outputs (default: the model's)")
    private List<String> classes = List.of();

    @Mixin
    private final ModelOptions modelOptions;

    @Mixin
    private DrawOptions drawOptions = new DrawOptions();

    InferCommand(Console console) {
        this.console = console;
        this.modelOptions = new ModelOptions(console);
    }

    @Override
    public Integer call() throws IOException {
        InputFiles files = InputFiles.of(input);
        exports.forEach(
                Exporters.of(console.plugins())::get); // a name that is not known is said before the model loads
        if (files instanceof InputFiles.Image(var file)) {
            SegmentFiles.check(job(file, classes)); // and so is a file that is no image
        }
        try (SegModel model = modelOptions.open()) {
            if (!classes.isEmpty() && classes.size() != model.numClasses()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--classes: expected " + model.numClasses() + " names, got " + classes.size());
            }
            Drawing drawing = drawOptions.drawing(model.metainfo().palette(), model.numClasses());
            return switch (files) {
                case InputFiles.Image(var file) -> image(model, drawing, file);
                case InputFiles.Images(var root, var all) -> images(model, drawing, root, all);
                case InputFiles.Video(var source) -> video(model, drawing, source);
            };
        }
    }

    /// @param names of the classes
    private Job job(Path file, List<String> names) {
        Path target = out == null ? Path.of(stem(file) + "_seg.png") : out;
        return job(file, Files.isDirectory(target) ? target.resolve(stem(file) + "_seg.png") : target, names);
    }

    private Job job(Path file, Path target, List<String> names) {
        Optional<Path> mask =
                saveMask ? Optional.of(target.resolveSibling(stem(target) + "_mask.png")) : Optional.empty();
        return new Job(file, Optional.of(target), mask, exports(target, names));
    }

    private int image(SegModel model, Drawing drawing, Path file) throws IOException {
        Job job = job(file, names(model));
        SegmentFiles.Report report;
        if (LargeImageFile.of(file).isPresent()) {
            try (ProgressBar progress = console.progress("windows")) {
                report = segment(model, drawing).run(List.of(job), progress, console.cancellation());
            }
        } else {
            report = segment(model, drawing).run(List.of(job), Progress.NONE, console.cancellation());
        }
        if (!report.failures().isEmpty()) {
            console.say("error: " + report.failures().getFirst());
            return ExitCode.FAILURE;
        }
        job.overlay().ifPresent(console.out()::println);
        job.mask().ifPresent(console.out()::println);
        job.exports().forEach(e -> console.out().println(e.file()));
        if (saveMask) {
            shares(report.pixels(), names(model));
        }
        return ExitCode.OK;
    }

    private SegmentFiles segment(SegModel model, Drawing drawing) {
        return new SegmentFiles(model, model.pipeline(), drawing, tiles(console));
    }

    /// Where pixels and labels of large images are kept meanwhile.
    static Path tiles(Console console) {
        return console.userFolder().cache().resolve("tiles");
    }

    private int images(SegModel model, Drawing drawing, Path root, List<Path> files) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        Path folder = out == null ? Path.of(name(absolute) + "_seg") : out;
        List<Job> jobs = new ArrayList<>();
        for (Path file : files) {
            Path relative = root.relativize(file);
            Path target = folder.resolve(relative).resolveSibling(stem(relative) + ".png");
            jobs.add(job(file, target, names(model)));
        }
        SegmentFiles.Report report;
        try (ProgressBar progress = console.progress("images")) {
            report = segment(model, drawing).run(jobs, progress, console.cancellation());
        }
        report.failures().forEach(line -> console.say("error: " + line));
        if (report.images() == 0) {
            return ExitCode.FAILURE;
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "%d of %d images in %.1f s, %.2f images/s (network alone %.2f images/s) -> %s%n",
                        report.images(),
                        jobs.size(),
                        report.seconds(),
                        report.images() / report.seconds(),
                        report.images() / report.networkSeconds(),
                        folder);
        return report.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private int video(SegModel model, Drawing drawing, String source) throws IOException {
        String plain = source.contains(":") ? source.replaceAll("[^A-Za-z0-9]+", "_") : stem(Path.of(source));
        Path target = out == null ? Path.of(plain + "_seg.mp4") : out;
        if (Files.isDirectory(target)) {
            target = target.resolve(plain + "_seg.mp4");
        }
        VideoReport report;
        try (VideoSource video = VideoSource.open(source);
                VideoSink sink = VideoSink.open(
                        target, video.format().size(), video.format().framesPerSecond());
                ProgressBar progress = console.progress("frames")) {
            Overlay overlay = Overlay.of(drawing.palette(), drawing.opacity());
            report = new VideoPipeline(video, overlay, sink)
                    .run(labeller(model, drawing, target), CALIBRATIONS, progress, console.cancellation());
        }
        console.out().println(target);
        console.out().println(report);
        return ExitCode.OK;
    }

    private FrameLabeller labeller(SegModel model, Drawing drawing, Path target) {
        if (!saveMask) {
            return model::label;
        }
        Path folder = target.resolveSibling(stem(target) + "_masks");
        int[] frame = {-CALIBRATIONS - 2}; // those that only time the network are not kept
        return image -> {
            LabelMap labels = model.label(image);
            if (frame[0] >= 0) {
                String name = String.format(Locale.ROOT, "frame_%06d.png", frame[0]);
                LabelMapFile.save(folder.resolve(name), labels, drawing.palette());
            }
            frame[0]++;
            return labels;
        };
    }

    private List<String> names(SegModel model) {
        return classes.isEmpty() ? model.metainfo().classes() : classes;
    }

    /// What share of the image each class has, the largest first.
    private void shares(LabelCounts counts, List<String> names) {
        IntStream.range(0, names.size())
                .boxed()
                .filter(i -> counts.pixels(i) > 0)
                .sorted(Comparator.comparingLong((Integer i) -> -counts.pixels(i)))
                .forEach(i -> console.out().printf(Locale.ROOT, "%6.2f %%  %s%n", counts.percent(i), names.get(i)));
    }

    private List<Export> exports(Path overlay, List<String> names) {
        Exporters all = Exporters.of(console.plugins());
        return exports.stream()
                .map(all::get)
                .map(e -> new Export(e, names, overlay.resolveSibling(stem(overlay) + "." + e.ending())))
                .toList();
    }

    private static String stem(Path file) {
        String name = name(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "images" : name.toString();
    }
}
