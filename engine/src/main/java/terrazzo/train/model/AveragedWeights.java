package terrazzo.train.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.HostTensor;
import terrazzo.graph.Parameter;
import terrazzo.runtime.TorchMethods;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;

/// A second set of a model's weights that follows the first slowly. Used by the thread that trains.
public final class AveragedWeights implements AutoCloseable {

    private static final String METHODS = """
          def follow(self, slow: List[Tensor], fast: List[Tensor], part: float) -> List[Tensor]:
            torch._foreach_mul_(slow, torch.sub(1., part))
            torch._foreach_add_(slow, torch._foreach_mul(fast, part))
            return annotate(List[Tensor], [])
          def exchange(self, a: List[Tensor], b: List[Tensor]) -> List[Tensor]:
            for i in range(torch.len(a)):
              kept = torch.clone(a[i])
              _0 = torch.copy_(a[i], b[i])
              _1 = torch.copy_(b[i], kept)
            return annotate(List[Tensor], [])
          def copy(self, to: List[Tensor], source: List[Tensor]) -> List[Tensor]:
            torch._foreach_copy_(to, source)
            return annotate(List[Tensor], [])
        """.indent(0);

    private final TorchRuntime runtime;
    private final TorchMethods methods;
    private final TorchScope scope;
    private final Map<String, TorchTensor> slowByKey = new LinkedHashMap<>();
    private final TorchWeights slow;
    private final TorchWeights fast;

    /// Starts as a copy.
    ///
    /// @param withBuffers whether running statistics are averaged, too; else the model's own are used
    public AveragedWeights(TrainableModel model, boolean withBuffers) {
        this.runtime = model.runtime();
        this.methods = runtime.methods(METHODS);
        this.scope = runtime.scope();
        model.segmentor().state().stream()
                .filter(p -> p.original().isEmpty() && p.dtype().isFloating())
                .filter(p -> withBuffers || p.kind() == Parameter.Kind.LEARNABLE)
                .forEach(p -> slowByKey.put(p.key(), zeros(p)));
        this.slow = TorchWeights.of(List.copyOf(slowByKey.values()));
        this.fast =
                TorchWeights.of(slowByKey.keySet().stream().map(model::tensor).toList());
        copy();
    }

    private TorchTensor zeros(Parameter parameter) {
        long[] shape = parameter.shape().toLongs();
        return scope.floats(new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))], shape);
    }

    /// Makes both the same again.
    public void copy() {
        call("copy");
    }

    /// Moves towards the model's weights: `slow = (1 - part) * slow + part * fast`.
    public void follow(double part) {
        call("follow", part);
    }

    /// Puts the averages into the model, and the model's weights here; again to undo it.
    public void exchange() {
        call("exchange");
    }

    private void call(String method, double... numbers) {
        try (TorchScope inner = runtime.scope()) {
            methods.call(inner, method, List.of(slow, fast), numbers);
        }
    }

    /// The averages by state-dict key; views of native memory.
    public Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        slowByKey.forEach((key, tensor) -> tensors.put(key, tensor.asHost()));
        return tensors;
    }

    @Override
    public void close() {
        slow.close();
        fast.close();
        scope.close();
    }
}
