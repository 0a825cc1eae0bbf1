package terrazzo.train.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchTensor;

/// The catalogue of optimizers by registered name. Immutable; plugins add theirs with [#with].
public final class Optimizers {

    private final Map<String, Function<ConfigNode, UpdateRule>> readerByName;

    private Optimizers(Map<String, Function<ConfigNode, UpdateRule>> readerByName) {
        this.readerByName = readerByName;
    }

    /// The optimizers of PyTorch 1.13.
    public static Optimizers builtIn() {
        Map<String, Function<ConfigNode, UpdateRule>> m = new LinkedHashMap<>();
        m.put("SGD", SGD::read);
        m.put("Adam", Adam::read);
        m.put("AdamW", Adam::readW);
        m.put("Adamax", Adamax::read);
        m.put("NAdam", NAdam::read);
        m.put("RAdam", RAdam::read);
        m.put("Adagrad", Adagrad::read);
        m.put("Adadelta", Adadelta::read);
        m.put("RMSprop", RMSprop::read);
        m.put("Rprop", Rprop::read);
        m.put("ASGD", ASGD::read);
        return new Optimizers(m);
    }

    /// This catalogue with one more optimizer; a name that is there already is replaced.
    ///
    /// @param reader makes the rule from the `optimizer` dict
    public Optimizers with(String name, Function<ConfigNode, UpdateRule> reader) {
        Map<String, Function<ConfigNode, UpdateRule>> more = new LinkedHashMap<>(readerByName);
        more.put(name, reader);
        return new Optimizers(more);
    }

    public Set<String> names() {
        return Set.copyOf(readerByName.keySet());
    }

    /// The rule that an `optimizer` dict describes.
    ///
    /// @throws ConfigException when `type` is unknown, or a key is unknown or wrong
    public UpdateRule rule(ConfigNode optimizer) {
        String type = optimizer.type();
        Function<ConfigNode, UpdateRule> reader = readerByName.get(type);
        if (type.equals("LBFGS") || type.equals("SparseAdam")) {
            throw optimizer.error(
                    "type",
                    "an optimizer that takes one step per batch",
                    "'" + type + "'",
                    type.equals("LBFGS")
                            ? "it evaluates the loss many times a step; use AdamW"
                            : "it is for sparse gradients, which no segmentor has; use Adam");
        }
        if (reader == null) {
            throw optimizer.error(
                    "type", "an optimizer", "'" + type + "'", Nearest.suggestion(type, readerByName.keySet()));
        }
        UpdateRule rule = reader.apply(optimizer);
        optimizer.done();
        return rule;
    }

    /// Opens the optimizer that an `optimizer` dict describes.
    ///
    /// @param groups from [OptimWrapperConstructors]; their settings are completed by the optimizer's
    /// @param weights gives the tensor of a state-dict key; they must outlive the optimizer
    /// @throws ConfigException as [#rule] does
    public Optimizer open(
            TorchRuntime runtime,
            ConfigNode optimizer,
            List<ParamGroup> groups,
            Function<String, TorchTensor> weights) {
        return new Optimizer(runtime, rule(optimizer), groups, weights);
    }
}
