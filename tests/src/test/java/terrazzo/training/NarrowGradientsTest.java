package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.passes.Passes;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;

/// Gradients of a convolution's kernel in bfloat16 against those in float32. libtorch has kernels that are wrong.
final class NarrowGradientsTest {

    private static final long[] IMG = {2, 16, 33, 40};
    private static final double TOLERANCE = 0.02; // of the largest element; eight bits give 0.003

    @ParameterizedTest
    @CsvSource(textBlock = """
        # kernel, stride, dilation, groups
        3, 1,  1,  1
        3, 1,  4,  1
        3, 1,  1, 16
        3, 1,  2, 16
        3, 1,  4, 16
        3, 2,  1, 16
        3, 2,  2, 16
        5, 1,  2, 16
        3, 1, 12, 16
        3, 1,  2,  4
        1, 1,  1,  1
        """)
    void areThoseOfFloat32(int kernel, int stride, int dilation, int groups) {
        float[] wide = gradient(Passes.forTraining(graph(kernel, stride, dilation, groups)));
        float[] narrow = gradient(Passes.forTrainingInBfloat16(graph(kernel, stride, dilation, groups)));
        double largest = 0;
        double off = 0;
        for (int i = 0; i < wide.length; i++) {
            largest = Math.max(largest, Math.abs(wide[i]));
            double difference = Math.abs(wide[i] - narrow[i]);
            off = difference <= off ? off : difference; // a NaN stays
        }
        double error = off / largest;
        assertTrue(error <= TOLERANCE, () -> "off by " + error + " of the largest");
    }

    private static Graph graph(int kernel, int stride, int dilation, int groups) {
        ConvSpec spec = ConvSpec.of((int) IMG[1], (int) IMG[1], kernel)
                .stride(stride)
                .padding(dilation * (kernel - 1) / 2)
                .dilation(dilation)
                .groups(groups);
        Trace trace = new Trace(Trace.Mode.TRAIN);
        Tensor x = trace.input(
                "x", DType.FLOAT32, Arrays.stream(IMG).mapToObj(Dim::of).toArray(Dim[]::new));
        Tensor y = new Conv2d(spec).call(x);
        return trace.finish(Map.of("loss", y.mul(y).mean()));
    }

    private static float[] gradient(Graph graph) {
        Random random = new Random(5);
        try (TorchRuntime runtime = TorchRuntime.cpu();
                TorchScope scope = runtime.scope();
                TorchWeights weights = TorchWeights.of(
                        graph, w -> draw(scope, random, w.value().type().shape().toLongs()))) {
            weights.requireGradients(graph);
            TorchProgram program = runtime.compile(Map.of("loss", graph));
            List<TorchTensor> inputs = List.of(draw(scope, random, IMG));
            program.runWithGradients(scope, "loss", inputs, weights).getFirst().backward();
            return weights.get(graph.weights().getFirst().key()).gradient().orElseThrow();
        }
    }

    private static TorchTensor draw(TorchScope scope, Random random, long... shape) {
        float[] numbers = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return scope.floats(numbers, shape);
    }
}
