package terrazzo.golden;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import terrazzo.runtime.TorchRuntime;

/// Gives a class of tests libtorch on the CPU as a parameter of its constructor; closed when the tests are done.
final class WithTorch implements ParameterResolver {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(WithTorch.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TorchRuntime.class;
    }

    /// JUnit closes what it keeps.
    @Override
    public TorchRuntime resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(OURS).computeIfAbsent(TorchRuntime.class, _ -> TorchRuntime.cpu(), TorchRuntime.class);
    }
}
