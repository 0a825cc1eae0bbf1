package terrazzo.runtime;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Weight;

/// The weights of one graph in native memory, in the graph's order. Closing frees the list, not the tensors, which
/// belong
/// to their scopes and may be in several lists.
public final class TorchWeights implements AutoCloseable {

    private final Map<String, TorchTensor> tensorByKey;
    private final IValue list;

    private TorchWeights(Map<String, TorchTensor> tensorByKey) {
        this.tensorByKey = tensorByKey;
        this.list = IValue.listFrom(
                tensorByKey.values().stream().map(TorchTensor::array).toArray(PtNDArray[]::new));
    }

    /// Looks up each weight of a graph.
    ///
    /// @param tensors gives the tensor for a weight
    public static TorchWeights of(Graph graph, Function<Weight, TorchTensor> tensors) {
        Map<String, TorchTensor> found = new LinkedHashMap<>();
        for (Weight weight : graph.weights()) {
            TorchTensor tensor = tensors.apply(weight);
            long[] expected = weight.value().type().shape().toLongs();
            if (!Arrays.equals(expected, tensor.shape())) {
                throw new CheckpointException(Complaint.at(weight.key())
                        .expected(Arrays.toString(expected))
                        .got(Arrays.toString(tensor.shape())));
            }
            found.put(weight.key(), tensor);
        }
        return new TorchWeights(found);
    }

    /// Unnamed weights, in order.
    public static TorchWeights of(List<TorchTensor> tensors) {
        Map<String, TorchTensor> numbered = new LinkedHashMap<>();
        tensors.forEach(t -> numbered.put(Integer.toString(numbered.size()), t));
        return new TorchWeights(numbered);
    }

    /// Lets gradients flow to the trainable weights of `graph`.
    public void requireGradients(Graph graph) {
        for (Weight weight : graph.weights()) {
            if (weight.trainable()) {
                get(weight.key()).array().setRequiresGradient(true);
            }
        }
    }

    /// The tensor of a state-dict key.
    public TorchTensor get(String key) {
        TorchTensor tensor = tensorByKey.get(key);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "expected one of " + new ArrayList<>(tensorByKey.keySet()) + ", got " + key);
        }
        return tensor;
    }

    IValue list() {
        return list;
    }

    @Override
    public void close() {
        list.close();
    }
}
