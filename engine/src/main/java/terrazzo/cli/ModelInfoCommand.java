package terrazzo.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import terrazzo.checkpoint.CheckpointMeta;
import terrazzo.config.Config;
import terrazzo.config.ConfigIndex;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Parameter;
import terrazzo.graph.nn.Module;
import terrazzo.graph.report.FlopCount;
import terrazzo.graph.report.Flops;
import terrazzo.inference.ModelMetainfo;
import terrazzo.inference.TestMode;
import terrazzo.inference.zoo.ModelZoo;
import terrazzo.inference.zoo.ZooModel;
import terrazzo.models.Segmentor;

/// Describes the model of a config.
@Command(
        name = "info",
        header = "Describe the model of a config.",
        description = {
            "Build the model of a config, without weights, and describe it: parts, classes, how images meet it, and"
                    + " parameters and floating-point operations per module. Shows at once whether a config is sound."
        },
        footer = {
            "Examples:",
            "  terrazzo model info segformer_mit-b0_8xb2-160k_ade20k-512x512",
            "  terrazzo model info my_config.py --cfg-options model.decode_head.channels=256"
        })
final class ModelInfoCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ModelArgument model;

    ModelInfoCommand(Console console) {
        this.console = console;
        this.model = new ModelArgument(console);
    }

    @Override
    public Integer call() throws IOException {
        Config read = model.config();
        Segmentor segmentor = model.segmentor();
        Size size = model.size(segmentor);
        FlopCount flops = FlopCount.of(ModelArgument.call(segmentor, size));
        StringBuilder text = new StringBuilder(read.origin()).append('\n');
        describeParts(text, read.root().node("model"));
        describeUse(text, read.root(), segmentor);
        describeParameters(text, segmentor);
        fact(text, "FLOPs", ModelFlopsCommand.brief(flops.total().counted()) + " for an image of " + size);
        describePublished(text);
        console.out().print(text.append('\n').append(table(segmentor, flops).text()));
        return ExitCode.OK;
    }

    private static void describeParts(StringBuilder text, ConfigNode model) {
        fact(text, "model", model.type());
        fact(text, "backbone", model.node("backbone").type());
        model.optionalNode("neck").ifPresent(neck -> fact(text, "neck", neck.type()));
        fact(text, "decode head", types(model.nodes("decode_head")));
        List<ConfigNode> auxiliary = model.nodes("auxiliary_head");
        if (!auxiliary.isEmpty()) {
            fact(text, "auxiliary head", types(auxiliary));
        }
    }

    private static String types(List<ConfigNode> nodes) {
        return nodes.stream().map(ConfigNode::type).collect(Collectors.joining(", "));
    }

    private void describeUse(StringBuilder text, ConfigNode root, Segmentor segmentor) {
        List<String> classes = ModelMetainfo.of(
                        root,
                        CheckpointMeta.EMPTY,
                        segmentor.numClasses(),
                        console.catalogues().datasets())
                .classes();
        fact(text, "classes", classes.size() + ": " + String.join(", ", classes));
        fact(
                text,
                "test mode",
                switch (TestMode.read(root.node("model"))) {
                    case TestMode.Whole _ -> "whole image";
                    case TestMode.Slide(var crop, var stride) -> "windows of " + crop + ", every " + stride;
                });
    }

    private static void describeParameters(StringBuilder text, Segmentor segmentor) {
        long frozen = numel(segmentor, false);
        String all = count(numel(segmentor, true) + frozen);
        fact(text, "parameters", all + (frozen == 0 ? ", all learnable" : ", " + count(frozen) + " of them frozen"));
        fact(text, "buffers", count(buffers(segmentor)));
    }

    private void describePublished(StringBuilder text) throws IOException {
        Optional<String> name =
                ConfigIndex.load(ModelInfoCommand.class.getClassLoader()).find(model.name());
        ModelZoo zoo = ModelZoo.load();
        name.flatMap(zoo::paper).ifPresent(paper -> {
            fact(text, "paper", paper.toString());
            fact(text, "", paper.url());
        });
        name.flatMap(zoo::find).ifPresent(model -> describe(text, model));
    }

    private void describe(StringBuilder text, ZooModel model) {
        fact(text, "published", scores(model.scores()) + " on " + model.dataset());
        fact(text, "weights", model.weights().toString());
        fact(
                text,
                "",
                model.checkpointIn(console.userFolder().models())
                        .map(file -> "here: " + file)
                        .orElse("not here; 'terrazzo model download' fetches them"));
    }

    private static String scores(ZooModel.Scores scores) {
        OptionalDouble score = scores.mIoU().isPresent() ? scores.mIoU() : scores.mDice();
        return String.format(
                Locale.ROOT, "%s %.2f", scores.mIoU().isPresent() ? "mIoU" : "mDice", score.orElse(Double.NaN));
    }

    /// Parameters of the model's parts and of their parts.
    private static Table table(Segmentor segmentor, FlopCount flops) {
        Table table = new Table("module", " learnable", " frozen", " buffers", " FLOPs");
        segmentor.childrenByName().forEach((name, part) -> {
            row(table, name, part, flops.within(name));
            part.childrenByName()
                    .forEach((inner, module) ->
                            row(table, "  " + name + "." + inner, module, flops.within(name + "." + inner)));
        });
        row(table, "total", segmentor, flops.total());
        return table;
    }

    private static void row(Table table, String name, Module module, Flops flops) {
        if (!module.state().isEmpty()) {
            table.row(
                    name,
                    count(numel(module, true)),
                    count(numel(module, false)),
                    count(buffers(module)),
                    ModelFlopsCommand.brief(flops.counted()));
        }
    }

    private static long numel(Module module, boolean trainable) {
        return module.state().stream()
                .filter(p -> p.kind() == Parameter.Kind.LEARNABLE && p.isTrainable() == trainable)
                .mapToLong(p -> p.shape().numel().intValue())
                .sum();
    }

    private static long buffers(Module module) {
        return module.state().stream()
                .filter(p -> p.kind() == Parameter.Kind.BUFFER)
                .mapToLong(p -> p.shape().numel().intValue())
                .sum();
    }

    private static void fact(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-16s%s\n", name, value));
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
