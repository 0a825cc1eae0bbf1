package terrazzo.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import terrazzo.config.ConfigIndex;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.Nearest;
import terrazzo.inference.zoo.ModelZoo;
import terrazzo.inference.zoo.Paper;
import terrazzo.inference.zoo.ZooModel;

/// Lists configs and what their published weights reach.
@Command(
        name = "list",
        header = "List models and what their published weights reach.",
        description = {
            "List the models that have a config here, with the scores of MMSegmentation's published weights: mIoU in"
                    + " percent at one scale, and with several scales and flipping. A star marks weights that are in"
                    + " the folder for models."
        },
        footer = {
            "Examples:",
            "  terrazzo model list --family pspnet --dataset cityscapes",
            "  terrazzo model list --paper transformer",
            "  terrazzo model list r50 512x1024 --json"
        })
final class ModelListCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "WORD", arity = "0..*", description = "only models with all these words in their names")
    private List<String> words = List.of();

    @Option(names = "--family", paramLabel = "NAME", description = "only one family: pspnet, segformer, …")
    private String family = "";

    @Option(names = "--dataset", paramLabel = "NAME", description = "only models for this data set: ade20k, …")
    private String dataset = "";

    @Option(names = "--backbone", paramLabel = "NAME", description = "only models with this in their backbone: r50, …")
    private String backbone = "";

    @Option(names = "--paper", paramLabel = "TEXT", description = "only papers with this in name, title or address")
    private String paper = "";

    @Option(names = "--json", description = "print JSON, with the addresses of weights and papers")
    private boolean json;

    ModelListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ModelZoo zoo = ModelZoo.load();
        Set<String> names =
                ConfigIndex.load(ModelListCommand.class.getClassLoader()).names();
        checkFamily(names);
        List<String> found = names.stream().filter(name -> isWanted(name, zoo)).toList();
        console.out().print(json ? json(found, zoo) : table(found, zoo));
        long published =
                found.stream().filter(name -> zoo.find(name).isPresent()).count();
        console.say(found.size() + " models, " + published + " with published weights");
        return ExitCode.OK;
    }

    private void checkFamily(Set<String> names) {
        Set<String> families = new TreeSet<>();
        names.forEach(name -> families.add(family(name)));
        if (!family.isEmpty() && !families.contains(family)) {
            throw new ParameterException(
                    spec.commandLine(),
                    Complaint.at("--family")
                            .got("no family '" + family + "'")
                            .advice(Nearest.suggestion(family, families))
                            .text());
        }
    }

    private boolean isWanted(String name, ModelZoo zoo) {
        String about = zoo.paper(name).map(p -> p + " " + p.url()).orElse("");
        String trainedOn = zoo.find(name).map(ZooModel::dataset).orElse("") + " " + name;
        return (family.isEmpty() || family(name).equals(family))
                && plain(trainedOn).contains(plain(dataset))
                && plain(zoo.find(name).map(ZooModel::backbone).orElse("") + " " + name)
                        .contains(plain(backbone))
                && about.toLowerCase(Locale.ROOT).contains(paper.toLowerCase(Locale.ROOT))
                && words.stream().allMatch(word -> name.contains(word.toLowerCase(Locale.ROOT)));
    }

    private static String family(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    /// `Pascal Context 59` and `pascal-context-59` are the same to users.
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private String table(List<String> names, ModelZoo zoo) {
        Path folder = console.userFolder().models();
        Table table = new Table("model", "data set", " iterations", " mIoU", " multi-scale", "");
        for (String name : names) {
            Optional<ZooModel> model = zoo.find(name);
            table.row(
                    name,
                    model.map(ZooModel::dataset).orElse(""),
                    model.map(m -> String.format(Locale.ROOT, "%,d", m.iterations()))
                            .orElse(""),
                    model.map(m -> percent(m.scores().mIoU())).orElse(""),
                    model.map(m -> percent(m.scores().mIoUFlip())).orElse(""),
                    model.flatMap(m -> m.checkpointIn(folder)).isPresent() ? "*" : "");
        }
        return table.text();
    }

    private static String percent(OptionalDouble score) {
        return score.isPresent() ? String.format(Locale.ROOT, "%.2f", score.getAsDouble()) : "";
    }

    private String json(List<String> names, ModelZoo zoo) throws IOException {
        Path folder = console.userFolder().models();
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ArrayNode models = mapper.createArrayNode();
        for (String name : names) {
            ObjectNode entry = models.addObject().put("config", name);
            zoo.find(name).ifPresent(model -> describe(entry, model, folder));
            zoo.paper(name).ifPresent(p -> describe(entry.putObject("paper"), p));
        }
        return mapper.writeValueAsString(models) + "\n";
    }

    private static void describe(ObjectNode entry, ZooModel model, Path folder) {
        entry.put("dataset", model.dataset()).put("backbone", model.backbone());
        entry.putArray("cropSize")
                .add(model.cropSize().height())
                .add(model.cropSize().width());
        entry.put("iterations", model.iterations());
        model.scores().mIoU().ifPresent(score -> entry.put("mIoU", score));
        model.scores().mIoUFlip().ifPresent(score -> entry.put("mIoUFlip", score));
        model.scores().mDice().ifPresent(score -> entry.put("mDice", score));
        model.cost().inferenceMillis().ifPresent(millis -> entry.put("inferenceMillis", millis));
        model.cost().trainingMemoryGb().ifPresent(gigabytes -> entry.put("trainingMemoryGb", gigabytes));
        entry.put("weights", model.weights().toString());
        model.checkpointIn(folder).ifPresent(file -> entry.put("file", file.toString()));
    }

    private static void describe(ObjectNode entry, Paper paper) {
        entry.put("name", paper.name())
                .put("title", paper.title())
                .put("url", paper.url())
                .put("year", paper.year());
    }
}
