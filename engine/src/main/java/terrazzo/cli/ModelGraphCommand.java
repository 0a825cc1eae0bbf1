package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
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
import terrazzo.core.shape.Shape;
import terrazzo.graph.report.Diagram;
import terrazzo.graph.report.ModuleTree;
import terrazzo.graph.report.SvgDrawing;
import terrazzo.graph.report.TracedModule;
import terrazzo.models.Segmentor;

/// Shows how a model is put together.
@Command(
        name = "graph",
        header = "Show how a model is put together, as text or as a drawing.",
        description = {
            "Show the parts of a model with what they give and their parameters: as a tree of text, or, into a file"
                    + " whose name ends in .svg, as a drawing of how they are joined. Without --shape, sizes in a"
                    + " tree are formulas of the image's N, H and W."
        },
        footer = {
            "Examples:",
            "  terrazzo model graph segformer_mit-b0_8xb2-160k_ade20k-512x512 --depth 2",
            "  terrazzo model graph my_config.py --shape 512 1024 --out model.svg"
        })
final class ModelGraphCommand implements Callable<Integer> {

    private static final int TEXT_DEPTH = 3;
    private static final int DRAWING_DEPTH = 2;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ModelArgument model;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "file to write, .svg or .txt (default: text to the terminal)")
    private @Nullable Path out;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "levels of parts (default: " + TEXT_DEPTH + ", for a drawing " + DRAWING_DEPTH + ")")
    private int depth;

    @Mixin
    private OutputFile output = new OutputFile();

    ModelGraphCommand(Console console) {
        this.console = console;
        this.model = new ModelArgument(console);
    }

    @Override
    public Integer call() throws IOException {
        Path file = out;
        boolean drawing =
                file != null && file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
        if (file != null) {
            if (!drawing && !file.toString().toLowerCase(Locale.ROOT).endsWith(".txt")) {
                throw new ParameterException(spec.commandLine(), file + ": expected a name that ends in .svg or .txt");
            }
            output.check(file);
        }
        TracedModule traced = traced(drawing);
        String text = drawing ? svg(traced) : tree(traced);
        if (file == null) {
            console.out().print(text);
        } else {
            AtomicFile.writeText(file, text);
            console.out().println(file);
        }
        return ExitCode.OK;
    }

    /// A tree of text has room for formulas, boxes are better with numbers.
    private TracedModule traced(boolean drawing) throws IOException {
        Segmentor segmentor = model.segmentor();
        boolean any = !drawing && !model.isSizeGiven() && segmentor.inputSize().isEmpty();
        return any ? ModelArgument.call(segmentor) : ModelArgument.call(segmentor, model.size(segmentor));
    }

    private int depth(int usual) {
        return depth > 0 ? depth : usual;
    }

    private String svg(TracedModule traced) throws IOException {
        Shape image = traced.graph().inputs().values().iterator().next().type().shape();
        String subtitle = String.format(
                Locale.ROOT,
                "%s on %s, %,d parameters",
                traced.root().getClass().getSimpleName(),
                image,
                ModuleTree.of(traced).parameters());
        return SvgDrawing.of(title(), subtitle, Diagram.of(traced, depth(DRAWING_DEPTH)));
    }

    private String title() throws IOException {
        return model.config().origin().replaceFirst(".*[/\\\\]", "").replaceFirst("\\.py$", "");
    }

    private String tree(TracedModule traced) {
        Table table = new Table("module", "type", "gives", " parameters");
        rows(table, ModuleTree.of(traced), "", "", depth(TEXT_DEPTH));
        return table.text();
    }

    /// @param first what stands before the part's own line
    /// @param rest what stands before the lines of its parts
    private static void rows(Table table, ModuleTree tree, String first, String rest, int levels) {
        List<String> outputs =
                tree.outputs().stream().map(ModelGraphCommand::plain).toList();
        table.row(
                first + (tree.path().isEmpty() ? "model" : tree.name()),
                tree.type(),
                outputs.isEmpty() ? "" : outputs.getFirst(),
                tree.parameters() == 0 ? "" : String.format(Locale.ROOT, "%,d", tree.parameters()));
        String bar = rest + (levels > 0 && !tree.children().isEmpty() ? "│" : "");
        outputs.stream().skip(1).forEach(output -> table.row(bar, "", output, ""));
        List<ModuleTree> children = levels > 0 ? tree.children() : List.of();
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            rows(table, children.get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), levels - 1);
        }
    }

    /// Without the parentheses that formulas need only within others.
    private static String plain(Shape shape) {
        return shape.toString().replaceAll("\\(\\(([^()]*)\\) // (\\d+)\\)", "($1) // $2");
    }
}
