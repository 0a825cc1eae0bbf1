package terrazzo.train.hooks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.error.Nearest;
import terrazzo.plugin.Plugins;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.RunFolder;

/// The catalogue of hooks by registered name. Immutable; plugins add theirs with [#with].
public final class Hooks {

    /// Makes a hook from its settings.
    @FunctionalInterface
    public interface Reader {
        Hook read(ConfigNode settings, Context context);
    }

    /// What hooks may want to know when they are made.
    ///
    /// @param root the whole config
    /// @param folder where the run's files go
    /// @param rows where figures go
    public record Context(ConfigNode root, RunFolder folder, ScalarRows rows) {}

    private final Map<String, Reader> readerByName;

    private Hooks(Map<String, Reader> readerByName) {
        this.readerByName = readerByName;
    }

    /// The hooks of mmengine 0.1.0 and MMSegmentation 1.0.0rc0 that mean something on one machine.
    public static Hooks builtIn() {
        Map<String, Reader> m = new LinkedHashMap<>();
        m.put("RuntimeInfoHook", (c, _) -> bare(c, new RuntimeInfoHook()));
        m.put("IterTimerHook", (c, _) -> bare(c, new IterTimerHook()));
        m.put("ParamSchedulerHook", (c, _) -> bare(c, new ParamSchedulerHook()));
        m.put("DistSamplerSeedHook", (c, _) -> bare(c, new Hook() {})); // our sampler takes the epoch with each order
        m.put("LoggerHook", LoggerHook::read);
        m.put("CheckpointHook", CheckpointHook::read);
        m.put("SegVisualizationHook", SegVisualizationHook::read);
        m.put("EMAHook", (c, _) -> EMAHook.read(c));
        m.put("EarlyStoppingHook", (c, _) -> EarlyStoppingHook.read(c));
        return new Hooks(m);
    }

    /// What comes with the engine, and what the plugins add.
    public static Hooks of(Plugins plugins) {
        return plugins.extend(
                HooksExtension.class,
                builtIn(),
                h -> h.names().stream().map(name -> "hook " + name).collect(Collectors.toUnmodifiableSet()));
    }

    private static Hook bare(ConfigNode c, Hook hook) {
        c.ignoring("type");
        return hook;
    }

    /// This catalogue with one more hook; a name that is there already is replaced.
    public Hooks with(String name, Reader reader) {
        Map<String, Reader> more = new LinkedHashMap<>(readerByName);
        more.put(name, reader);
        return new Hooks(more);
    }

    public Set<String> names() {
        return Set.copyOf(readerByName.keySet());
    }

    /// The hook that `settings` describe.
    ///
    /// @throws terrazzo.core.error.ConfigException when `type` is unknown, or a key is unknown or wrong
    public Hook build(ConfigNode settings, Context context) {
        String type = settings.type();
        Reader reader = readerByName.get(type.substring(type.lastIndexOf('.') + 1));
        if (reader == null) {
            throw settings.error("type", "a hook", "'" + type + "'", Nearest.suggestion(type, readerByName.keySet()));
        }
        Hook hook = reader.read(settings, context);
        int priority = Priority.read(settings, hook.priority());
        settings.done();
        return priority == hook.priority() ? hook : new Moved(hook, priority);
    }

    /// The hooks of a config: mmengine's defaults, changed by `default_hooks`, then `custom_hooks`.
    public List<Hook> read(Context context) {
        Map<String, ConfigNode> defaults = new LinkedHashMap<>();
        defaults.put("runtime_info", ConfigNode.ofType("RuntimeInfoHook", "default_hooks.runtime_info"));
        defaults.put("timer", ConfigNode.ofType("IterTimerHook", "default_hooks.timer"));
        defaults.put("sampler_seed", ConfigNode.ofType("DistSamplerSeedHook", "default_hooks.sampler_seed"));
        defaults.put("logger", ConfigNode.ofType("LoggerHook", "default_hooks.logger"));
        defaults.put("param_scheduler", ConfigNode.ofType("ParamSchedulerHook", "default_hooks.param_scheduler"));
        defaults.put(
                "checkpoint",
                ConfigNode.ofType("CheckpointHook", "default_hooks.checkpoint").with("interval", new Value.Int(1)));
        context.root.optionalNode("default_hooks").ifPresent(own -> {
            for (String key : own.keys()) {
                if (own.has(key)) {
                    defaults.put(key, own.node(key));
                } else {
                    defaults.remove(key); // None switches a default off
                }
            }
        });
        List<Hook> hooks = new ArrayList<>();
        defaults.values().forEach(c -> hooks.add(build(c, context)));
        context.root.nodes("custom_hooks").forEach(c -> hooks.add(build(c, context)));
        return hooks;
    }
}
