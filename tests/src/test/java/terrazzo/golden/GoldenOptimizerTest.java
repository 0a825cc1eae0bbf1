package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import terrazzo.config.Config;
import terrazzo.config.ConfigNode;
import terrazzo.runtime.TorchRuntime;
import terrazzo.train.optim.ClipGrad;
import terrazzo.train.optim.Optimizer;
import terrazzo.train.optim.Optimizers;
import terrazzo.train.optim.ParamGroup;

/// 25 steps of every optimizer against PyTorch's.
@Tag("golden")
@ExtendWith(WithTorch.class)
final class GoldenOptimizerTest {

    /// float32, and other orders of summation.
    private static final double TOLERANCE = 2e-6;

    private final TorchRuntime runtime;

    GoldenOptimizerTest(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    @TestFactory
    Stream<DynamicTest> goesWhereTheReferenceGoes() throws IOException {
        return StreamSupport.stream(GoldenPixels.load("optimizers.json").spliterator(), false)
                .map(c -> dynamicTest(c.get("cfg") + " " + c.get("clip"), () -> check(c)));
    }

    private void check(JsonNode c) {
        ConfigNode wrapper = Config.fromJson(
                        "{\"optimizer\": " + c.get("cfg") + ", \"clip_grad\": " + c.get("clip") + "}", "golden")
                .root();
        List<ParamGroup> groups = List.of(new ParamGroup(List.of("opt_w", "opt_b"), Map.of()));
        Optional<ClipGrad> clip = ClipGrad.read(wrapper);
        try (LeastSquares problem = new LeastSquares(runtime);
                Optimizer optimizer =
                        Optimizers.builtIn().open(runtime, wrapper.node("optimizer"), groups, problem::weight)) {
            for (int i = 0; i < c.get("losses").size(); i++) {
                optimizer.zeroGrad();
                assertEquals(c.get("losses").get(i).asDouble(), problem.backward(), TOLERANCE, "loss " + i);
                clip.ifPresent(optimizer::clip);
                optimizer.step();
            }
            same(c.get("w"), problem.weight("opt_w").toFloats());
            same(c.get("b"), problem.weight("opt_b").toFloats());
        }
    }

    private static void same(JsonNode expected, float[] got) {
        assertEquals(expected.size(), got.length);
        for (int i = 0; i < got.length; i++) {
            assertEquals(expected.get(i).asDouble(), got[i], TOLERANCE, "element " + i);
        }
    }
}
