package terrazzo.train.init;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.ExpectedKey;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;
import terrazzo.checkpoint.StateDictReport;
import terrazzo.checkpoint.convert.Converters;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.graph.Parameter;
import terrazzo.graph.nn.BatchNorm;
import terrazzo.graph.nn.InstanceNorm;
import terrazzo.graph.nn.Module;
import terrazzo.models.Segmentor;

/// What `init_cfg` and `pretrained` of a model's config ask for. A part's own entry comes after that of the part around
/// it; below an entry that loads a file nothing else is asked.
public final class ModelInit {

    private static final Logger log = LoggerFactory.getLogger(ModelInit.class);
    private static final String INIT_CFG = "init_cfg";
    private static final String LEGACY = "pretrained";
    private static final String OVERRIDE = "override";
    private static final String BACKBONE = "backbone";

    private final Initializers initializers;
    private final Optional<PretrainedFiles> files;
    private final Map<String, HostTensor> tensors = new LinkedHashMap<>();

    private ModelInit(Initializers initializers, Optional<PretrainedFiles> files) {
        this.initializers = initializers;
        this.files = files;
    }

    /// Changes what the model's parameters start with, and loads the files that the config names.
    ///
    /// @param config the config's `model`
    /// @return tensors to copy over the drawn numbers, by state-dict key
    /// @throws terrazzo.core.error.ConfigException when an entry is wrong or its file is not there
    /// @throws CheckpointException when a file can't be read or has nothing for its part
    public static Map<String, HostTensor> apply(Segmentor model, ConfigNode config, PretrainedFiles files)
            throws IOException {
        ModelInit init = new ModelInit(Initializers.builtIn(), Optional.of(files));
        init.part(model, config);
        return init.tensors;
    }

    /// [#apply] for a model whose weights come from a checkpoint: entries that name files are passed over.
    ///
    /// @throws terrazzo.core.error.ConfigException when an entry is wrong
    public static void applyWithoutFiles(Segmentor model, ConfigNode config) throws IOException {
        new ModelInit(Initializers.builtIn(), Optional.empty()).part(model, config);
    }

    private void part(Module module, ConfigNode c) throws IOException {
        Optional<ConfigNode> loads = own(module, c);
        if (loads.isPresent()) {
            load(module, loads.get(), "checkpoint");
            return;
        }
        Map<String, Module> children = module.childrenByName();
        for (String key : c.keys()) {
            Value value = c.dict().entries().get(key);
            Module child = key.equals("backbone_cfg") ? nested(module) : children.get(key);
            if (child == null) {
                continue;
            }
            if (value instanceof Value.DictValue) {
                if (key.equals(BACKBONE) && c.has(LEGACY)) {
                    legacy(child, c);
                } else {
                    part(child, c.node(key));
                }
            } else if (value instanceof Value.ListValue || value instanceof Value.TupleValue) {
                List<Module> items = child.ownChildren();
                List<ConfigNode> nodes = dicts(c, key, value);
                for (int i = 0; i < Math.min(items.size(), nodes.size()); i++) {
                    part(items.get(i), nodes.get(i));
                }
            }
        }
    }

    private static List<ConfigNode> dicts(ConfigNode c, String key, Value value) {
        List<Value> items = value instanceof Value.ListValue(var l) ? l : ((Value.TupleValue) value).items();
        return items.stream().allMatch(Value.DictValue.class::isInstance) ? c.nodes(key) : List.of();
    }

    /// The network within a network: `backbone_cfg` of BiSeNet, ICNet and STDC.
    private static Module nested(Module module) {
        return module.modules()
                .skip(1) // itself
                .filter(m -> m.path().endsWith(".backbone"))
                .findFirst()
                .orElse(module);
    }

    /// `pretrained` of the model is the backbone's.
    private void legacy(Module backbone, ConfigNode model) throws IOException {
        ConfigNode own = model.node(BACKBONE);
        if (own.has(LEGACY) || own.has(INIT_CFG)) {
            throw model.error(LEGACY, "one place that says what the backbone starts with", "two", "drop one of them");
        }
        load(backbone, model, LEGACY);
    }

    /// Carries out what a part says of itself; gives the entry that loads a file.
    private Optional<ConfigNode> own(Module module, ConfigNode c) throws IOException {
        if (c.has(LEGACY) && !c.keys().contains(BACKBONE)) {
            if (c.has(INIT_CFG)) {
                throw c.error(LEGACY, "pretrained or init_cfg", "both", "drop one of them");
            }
            load(module, c, LEGACY);
            return Optional.empty();
        }
        for (ConfigNode entry : c.nodes(INIT_CFG)) {
            if (entry.type().equals(Initializers.PRETRAINED)) {
                if (!c.isList(INIT_CFG)) {
                    return Optional.of(entry);
                }
                load(module, entry, "checkpoint");
            } else {
                initialize(module, entry);
            }
        }
        return Optional.empty();
    }

    private void initialize(Module module, ConfigNode entry) {
        Set<String> layers = new LinkedHashSet<>(entry.strings("layer", List.of()));
        ConfigNode plain = without(entry, "layer", OVERRIDE);
        Initializer initializer = initializers.read(plain);
        module.modules()
                .filter(m -> names(m).anyMatch(layers::contains))
                .forEach(m -> apply(initializer, m, entry, "layer"));
        for (ConfigNode override : entry.nodes(OVERRIDE)) {
            String name = override.string("name");
            Module part = module.childrenByName().get(name);
            if (part == null) {
                throw override.error(
                        "name",
                        "one of " + String.join(", ", module.childrenByName().keySet()),
                        "'" + name + "'",
                        "");
            }
            Initializer own = override.keys().size() == 1 ? initializer : initializers.read(without(override, "name"));
            part.modules().forEach(m -> apply(own, m, override, "name"));
        }
    }

    private static void apply(Initializer initializer, Module layer, ConfigNode entry, String key) {
        try {
            initializer.apply(layer);
        } catch (IllegalArgumentException e) {
            throw entry.error(
                    key, "layers whose weights are matrices", "'" + layer.path() + "', " + e.getMessage(), "");
        }
    }

    private static ConfigNode without(ConfigNode c, String... keys) {
        return c.with("type", new Value.Str(c.type())).ignoring(keys);
    }

    /// What PyTorch calls a layer: its class and the classes right above it.
    private static Stream<String> names(Module module) {
        return switch (module) {
            case BatchNorm _ -> Stream.of("BatchNorm2d", "SyncBatchNorm", "_BatchNorm", "_NormBase");
            case InstanceNorm _ -> Stream.of("InstanceNorm2d", "_InstanceNorm");
            default -> Stream.of(module.getClass().getSimpleName());
        };
    }

    private void load(Module module, ConfigNode entry, String key) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Path file = files.get().find(entry, key);
        StateDict state = Checkpoint.load(file).stateDict();
        Optional<String> prefix = Optional.of(entry.string("prefix", "")).filter(p -> !p.isEmpty());
        if (prefix.isPresent()) {
            String below = prefix.get().endsWith(".") ? prefix.get() : prefix.get() + ".";
            state = state.below(below);
        } else if (state.keys().stream().anyMatch(k -> k.startsWith(BACKBONE + "."))
                && !module.childrenByName().containsKey(BACKBONE)) {
            state = state.below(BACKBONE + ".");
        }
        StateDict ours = state;
        StateDict converted = Converters.builtIn()
                .detect(state)
                .map(c -> Converters.convert(c, ours))
                .orElse(state);
        StateDictReport report = StateDictReport.of(file.toString(), expected(module), converted);
        if (report.matched().isEmpty()) {
            throw new CheckpointException(Complaint.at(file.toString())
                    .expected("weights of " + (module.path().isEmpty() ? "the model" : module.path()))
                    .got("none")
                    .advice("choose another file, or say with prefix where in it they are"));
        }
        report.lines().forEach(log::warn);
        log.info("{}: {} tensors from {}", entry.path(), report.matched().size(), file);
        String path = module.path().isEmpty() ? "" : module.path() + ".";
        report.matched().forEach((name, tensor) -> tensors.put(path + name, tensor));
    }

    /// What a part wants, without the path to it.
    private static List<ExpectedKey> expected(Module module) {
        int path = module.path().isEmpty() ? 0 : module.path().length() + 1;
        List<ExpectedKey> keys = new ArrayList<>();
        for (Parameter p : module.state()) {
            if (p.original().isEmpty()) {
                ExpectedKey whole = p.expected();
                keys.add(new ExpectedKey(whole.name().substring(path), whole.shape(), whole.dtype(), whole.fit()));
            }
        }
        return keys;
    }
}
