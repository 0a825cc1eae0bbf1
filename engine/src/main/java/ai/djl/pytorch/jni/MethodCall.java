package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;
import java.util.Arrays;

/// Runs any method of a TorchScript module. DJL's own `IValueUtils.runMethod` always runs in inference mode, in which
/// no
/// gradient can flow.
public final class MethodCall {

    private MethodCall() {}

    /// @param gradients whether results can be differentiated; otherwise they are inference tensors
    /// @return what the method returned; the caller closes it
    public static IValue run(PtSymbolBlock module, String method, boolean gradients, IValue... arguments) {
        long[] handles = Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray();
        return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, gradients, false));
    }
}
