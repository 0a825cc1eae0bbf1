package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import terrazzo.core.AtomicFile;
import terrazzo.core.Scale;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.LogException;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Curve;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.Fit;
import terrazzo.train.figure.Look;
import terrazzo.train.figure.PngFigure;
import terrazzo.train.figure.RunCurves;
import terrazzo.train.figure.SvgFigure;
import terrazzo.train.figure.Trace;
import terrazzo.train.logs.NamedRun;
import terrazzo.train.logs.XAxis;

/// Draws what runs have logged.
@Command(
        name = "plot",
        header = "Draw what runs have logged.",
        description = {
            "Draw what runs have logged, all runs in one figure: scores, losses and everything else each in a panel of"
                    + " its own. Where a run was resumed, its later session counts. Values that are not numbers are"
                    + " marked at the bottom."
        },
        footer = {
            "Examples:",
            "  terrazzo logs plot work_dirs/fcn --keys loss mIoU --out fcn.png",
            "  terrazzo logs plot a/scalars.json b/scalars.json --keys loss --legend plain augmented --smooth 0.9",
            "  terrazzo logs plot work_dirs --keys mIoU --x relative --out scores.svg --title Scores"
        })
final class LogsPlotCommand implements Callable<Integer> {

    /// Free space beside the first and the last point, as part of the axis.
    private static final double X_ROOM = 0.01;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LogFiles files = new LogFiles();

    @Mixin
    private OutputFile output = new OutputFile();

    @Option(
            names = "--keys",
            paramLabel = "KEY",
            arity = "1..*",
            defaultValue = "mIoU",
            description = "what to draw, for example loss decode.acc_seg mIoU lr (default: ${DEFAULT-VALUE})")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--legend",
            paramLabel = "NAME",
            arity = "1..*",
            description = "a name for each run, or for each key of each run (default: names of the work dirs)")
    private List<String> legend = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "logs.png",
            description = "a .png or .svg to write (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("");

    @Option(names = "--title", paramLabel = "TEXT", description = "above the figure")
    private @Nullable String title;

    @Option(
            names = "--x",
            paramLabel = "AXIS",
            defaultValue = "iteration",
            description = "iteration, epoch, relative (time of training) or wall (default: ${DEFAULT-VALUE})")
    private XAxis x = XAxis.ITERATION;

    @Option(names = "--log-y", description = "draw values by their logarithm")
    private boolean isLogY;

    @Option(
            names = "--smooth",
            paramLabel = "WEIGHT",
            defaultValue = "0",
            description = "average values as TensorBoard does, from 0 to 0.999 (default: ${DEFAULT-VALUE})")
    private double smooth;

    @Option(names = "--clip", description = "let outliers lie outside")
    private boolean isClipped;

    @Option(names = "--dark", description = "draw on a dark background")
    private boolean isDark;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = ScenesCommand.ScaleText.class,
            description = "of the figure (default: 960 wide, 400 for each panel); a PNG has two dots for each of these")
    private @Nullable Scale size;

    LogsPlotCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw misuse("--out: expected a name that ends in .png or .svg, got '" + out + "'");
        }
        if (!(smooth >= 0 && smooth < 1)) {
            throw misuse("--smooth: expected a number from 0 to 0.999, got " + smooth);
        }
        output.check(out);
        List<NamedRun> runs = files.read(console);
        List<Figure> panels = panels(runs);
        Scale whole = size == null ? new Scale(960, 140 + 380 * panels.size()) : size;
        Look look = isDark ? Look.DARK : Look.LIGHT;
        if (name.endsWith(".svg")) {
            AtomicFile.writeText(out, SvgFigure.of(panels, whole, look));
        } else {
            AtomicFile.write(out, stream -> PngFigure.write(panels, whole, look, stream));
        }
        console.say("wrote " + out + ": " + String.join(", ", keys) + " of " + runs.size()
                + (runs.size() == 1 ? " run" : " runs"));
        return ExitCode.OK;
    }

    private List<Figure> panels(List<NamedRun> runs) {
        List<List<String>> groups = RunCurves.panels(keys);
        List<String> names = names(runs);
        List<Figure> panels = new ArrayList<>();
        for (List<String> group : groups) {
            List<Trace> traces = traces(runs, group, names);
            Figure.Words words = new Figure.Words(
                    panels.isEmpty() && title != null ? title : "",
                    panels.size() == groups.size() - 1 ? x.name().toLowerCase(Locale.ROOT) : "",
                    String.join(", ", group),
                    true);
            panels.add(figure(traces, words));
        }
        return panels;
    }

    private Figure figure(List<Trace> traces, Figure.Words words) {
        Axis shownX = Fit.x(traces, Axis.Scale.LINEAR, RunCurves.unit(x)).padded(X_ROOM);
        Axis.Scale scale = isLogY ? Axis.Scale.LOG : Axis.Scale.LINEAR;
        return new Figure(traces, shownX, Fit.y(traces, shownX, scale, isClipped), words);
    }

    private List<Trace> traces(List<NamedRun> runs, List<String> group, List<String> names) {
        List<Trace> traces = new ArrayList<>();
        for (String key : group) {
            List<LogException> missing = new ArrayList<>();
            for (int run = 0; run < runs.size(); run++) {
                int colour = Look.curve(group.size() == 1 ? run : run * group.size() + group.indexOf(key));
                String name = names.get(run * keys.size() + keys.indexOf(key));
                try {
                    Curve curve = RunCurves.of(runs.get(run).log().series(key), x, name, colour);
                    traces.add(Trace.smoothed(curve, RunCurves.weight(key, smooth)));
                } catch (LogException e) { // another run may have it
                    missing.add(e);
                }
            }
            if (missing.size() == runs.size()) {
                throw missing.getFirst();
            }
            missing.forEach(e -> console.warn(e.complaint().text()));
        }
        if (traces.stream().allMatch(trace -> trace.curve().size() == 0)) {
            throw new LogException(Complaint.at("--x " + x.name().toLowerCase(Locale.ROOT))
                    .expected("logs that tell it")
                    .got("none that does")
                    .advice("use --x iteration"));
        }
        return traces;
    }

    /// For each run, a name for each key.
    private List<String> names(List<NamedRun> runs) {
        int all = runs.size() * keys.size();
        if (legend.size() == all) {
            return legend;
        }
        if (!legend.isEmpty() && legend.size() != runs.size()) {
            throw misuse("--legend: expected " + runs.size() + " names, one for each run, or " + all
                    + ", one for each key of each run, got " + legend.size());
        }
        List<String> names = new ArrayList<>();
        for (NamedRun run : runs) {
            String name = legend.isEmpty() ? run.name() : legend.get(runs.indexOf(run));
            for (String key : keys) {
                boolean isAlone = RunCurves.panels(keys).contains(List.of(key));
                names.add(isAlone ? name : name + " " + key);
            }
        }
        return names;
    }

    private ParameterException misuse(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
