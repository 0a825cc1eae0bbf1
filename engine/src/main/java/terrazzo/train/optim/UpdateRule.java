package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import terrazzo.checkpoint.PickleValue;

/// How an optimizer moves weights. The arithmetic is a TorchScript method over lists of tensors; what depends on the
/// step and the settings alone is computed here, in doubles, as PyTorch does.
///
/// Weights that have no gradient don't move and have no state.
public interface UpdateRule {

    /// How PyTorch keeps the number of steps in the state of a weight.
    enum StepEntry {
        NONE,
        NUMBER,
        TENSOR
    }

    /// A tensor of the weight's shape that is kept from step to step.
    ///
    /// @param name its name in PyTorch's state
    /// @param used whether weights of a group have it
    /// @param start what it is filled with before the first step
    /// @param noneWhenUnused whether the state of those that don't have it says `None`
    record Buffer(String name, Predicate<ParamGroup> used, ToDoubleFunction<ParamGroup> start, boolean noneWhenUnused) {

        /// One that starts at zero and that all weights have.
        static Buffer zeros(String name) {
            return new Buffer(name, _ -> true, _ -> 0, false);
        }

        /// One that starts at zero.
        static Buffer zerosWhere(String name, Predicate<ParamGroup> used) {
            return new Buffer(name, used, _ -> 0, false);
        }
    }

    /// Settings of a group that doesn't say otherwise, in PyTorch's order.
    Map<String, PickleValue> defaults();

    /// The tensors kept per weight, in PyTorch's order.
    List<Buffer> buffers();

    /// How the number of steps is kept.
    StepEntry stepEntry();

    /// The TorchScript method `update(self, ps: List[Tensor], …) -> List[Tensor]`, indented by two spaces: after
    /// the weights come the [#buffers()], each a list of tensors, empty where it isn't used, then the [#numbers] as
    /// floats. `self.gradients(ps, decay, maximize)` gives the gradients, with weight decay and sign as asked.
    String method();

    /// The history of a weight before its first step.
    default History start(ParamGroup group) {
        return History.start();
    }

    /// The history after a step.
    default History next(ParamGroup group, History before) {
        return before.next();
    }

    /// The floats that [#method()] takes.
    ///
    /// @param before the history of all weights of this call, before the step
    /// @param after the same after the step
    double[] numbers(ParamGroup group, History before, History after);
}
