package terrazzo.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import terrazzo.core.Size;
import terrazzo.graph.report.FlopCount;
import terrazzo.graph.report.Flops;
import terrazzo.graph.report.ModuleTree;
import terrazzo.graph.report.TracedModule;
import terrazzo.models.Segmentor;

/// Counts what a model computes for one image.
@Command(
        name = "flops",
        header = "Count what a model computes for one image, part by part.",
        description = {
            "Count the floating-point operations of a model for one image, and its parameters. A multiplication with"
                    + " the addition that follows counts as one, and what counts is what MMSegmentation's tool counts,"
                    + " so the figures compare with published ones. What that tool leaves out, products of activations"
                    + " in attention above all, has a column of its own."
        },
        footer = {
            "Examples:",
            "  terrazzo model flops pspnet_r50-d8_4xb2-40k_cityscapes-512x1024 --shape 512 1024",
            "  terrazzo model flops my_config.py --shape 512 --depth 3"
        })
final class ModelFlopsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ModelArgument model;

    @Option(names = "--depth", paramLabel = "N", description = "levels of parts in the table (default: 2)")
    private int depth = 2;

    ModelFlopsCommand(Console console) {
        this.console = console;
        this.model = new ModelArgument(console);
    }

    @Override
    public Integer call() throws IOException {
        Segmentor segmentor = model.segmentor();
        Size size = model.size(segmentor);
        TracedModule traced = ModelArgument.call(segmentor, size);
        FlopCount flops = FlopCount.of(traced);
        ModuleTree tree = ModuleTree.of(traced);

        console.out().println(model.config().origin());
        fact("input", "3x" + size);
        fact("FLOPs", brief(flops.total().counted()));
        if (flops.total().uncounted() > 0) {
            fact("not counted", brief(flops.total().uncounted()) + ", in attention and the like");
        }
        fact("parameters", brief(tree.parameters()));
        console.out().println();
        console.out().print(table(tree, flops).text());
        return ExitCode.OK;
    }

    private void fact(String name, String value) {
        console.out().printf(Locale.ROOT, "  %-13s%s%n", name, value);
    }

    private Table table(ModuleTree tree, FlopCount flops) {
        Table table = new Table("module", " parameters", " FLOPs", " share", " not counted");
        rows(table, tree, 0, flops);
        return table;
    }

    private void rows(Table table, ModuleTree tree, int level, FlopCount flops) {
        if (level > 0) {
            row(table, "  ".repeat(level - 1) + tree.path(), tree, flops.within(tree.path()), flops.total());
        }
        if (level < depth) {
            tree.children().stream()
                    .filter(child -> !flops.within(child.path()).equals(Flops.NONE) || child.parameters() > 0)
                    .forEach(child -> rows(table, child, level + 1, flops));
        }
        if (level == 0) {
            row(table, "total", tree, flops.total(), flops.total());
        }
    }

    private static void row(Table table, String name, ModuleTree tree, Flops flops, Flops total) {
        table.row(
                name,
                String.format(Locale.ROOT, "%,d", tree.parameters()),
                String.format(Locale.ROOT, "%,d", flops.counted()),
                String.format(Locale.ROOT, "%.1f %%", 100.0 * flops.counted() / Math.max(1, total.counted())),
                flops.uncounted() == 0 ? "" : String.format(Locale.ROOT, "%,d", flops.uncounted()));
    }

    /// `357.46 G`, `48.98 M`, `12.30 k`.
    static String brief(long n) {
        double value = n;
        if (n >= 1e9) {
            return String.format(Locale.ROOT, "%.2f G", value / 1e9);
        }
        if (n >= 1e6) {
            return String.format(Locale.ROOT, "%.2f M", value / 1e6);
        }
        return n >= 1e3 ? String.format(Locale.ROOT, "%.2f k", value / 1e3) : Long.toString(n);
    }
}
