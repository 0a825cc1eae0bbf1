package terrazzo.runtime;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.MethodCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DeviceException;

/// Hand-written TorchScript methods that work on lists of tensors: optimizer steps and the like. No gradients flow
/// through them, and what they change they change in place. Any number of threads may call at the same time.
public final class TorchMethods {

    private final PtSymbolBlock module;

    TorchMethods(PtSymbolBlock module) {
        this.module = module;
    }

    /// Calls `def METHOD(self, a: List[Tensor], …, x: float, …) -> List[Tensor]`.
    ///
    /// @param scope owns the results
    /// @param lists the lists of tensors, in the method's order
    /// @param numbers the floats after them
    /// @throws DeviceException when libtorch can't do it, for lack of memory for example
    public List<TorchTensor> call(TorchScope scope, String method, List<TorchWeights> lists, double... numbers) {
        // Both settings belong to the thread, and threads start with other values than we need.
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(false);
        List<IValue> arguments = new ArrayList<>();
        lists.forEach(l -> arguments.add(l.list()));
        int borrowed = arguments.size();
        for (double number : numbers) {
            arguments.add(IValue.from(number));
        }
        try (IValue result = MethodCall.run(module, method, false, arguments.toArray(IValue[]::new))) {
            PtNDArray[] arrays = result.toTensorArray(scope.manager());
            return Arrays.stream(arrays).map(TorchTensor::new).toList();
        } catch (EngineException e) {
            throw new DeviceException(Complaint.at(method).got(TorchProgram.reason(e)), e);
        } finally {
            // The lists of tensors belong to whoever made them.
            arguments.subList(borrowed, arguments.size()).forEach(IValue::close);
        }
    }
}
