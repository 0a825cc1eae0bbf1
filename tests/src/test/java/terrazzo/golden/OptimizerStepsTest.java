package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PthWriter;
import terrazzo.config.Config;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.runtime.TorchRuntime;
import terrazzo.train.optim.ClipGrad;
import terrazzo.train.optim.Optimizer;
import terrazzo.train.optim.Optimizers;
import terrazzo.train.optim.ParamGroup;

/// What optimizers keep from step to step.
@ExtendWith(WithTorch.class)
final class OptimizerStepsTest {

    private final TorchRuntime runtime;

    OptimizerStepsTest(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    private static ConfigNode node(String json) {
        return Config.fromJson("{\"optimizer\": " + json + "}", "c.py").root().node("optimizer");
    }

    private Optimizer open(String json, LeastSquares problem, ParamGroup... groups) {
        return Optimizers.builtIn().open(runtime, node(json), List.of(groups), problem::weight);
    }

    private static ParamGroup group(String... keys) {
        return new ParamGroup(List.of(keys), Map.of());
    }

    private static void steps(Optimizer optimizer, LeastSquares problem, int count) {
        for (int i = 0; i < count; i++) {
            optimizer.zeroGrad();
            problem.backward();
            optimizer.step();
        }
    }

    private static Dict weights(LeastSquares problem) {
        return Dict.ordered()
                .put("opt_w", PickleValue.of(problem.weight("opt_w").asHost()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"SGD\", \"lr\": 0.05, \"momentum\": 0.9, \"dampening\": 0.1}",
                "{\"type\": \"Adam\", \"lr\": 0.01, \"amsgrad\": true}",
                "{\"type\": \"AdamW\", \"lr\": 0.01}",
                "{\"type\": \"Adamax\", \"lr\": 0.01}",
                "{\"type\": \"NAdam\", \"lr\": 0.01}",
                "{\"type\": \"RAdam\", \"lr\": 0.01}",
                "{\"type\": \"Adagrad\", \"lr\": 0.05, \"lr_decay\": 0.1, \"initial_accumulator_value\": 0.1}",
                "{\"type\": \"Adadelta\", \"lr\": 1.0}",
                "{\"type\": \"RMSprop\", \"lr\": 0.01, \"momentum\": 0.5, \"centered\": true}",
                "{\"type\": \"Rprop\", \"lr\": 0.01}",
                "{\"type\": \"ASGD\", \"lr\": 0.01, \"t0\": 2}"
            })
    void goesOnFromACheckpointAsIfItHadNotStopped(String json, @TempDir Path folder) throws Exception {
        try (LeastSquares unbroken = new LeastSquares(runtime);
                LeastSquares resumed = new LeastSquares(runtime);
                Optimizer whole = open(json, unbroken, group("opt_w"), group("opt_b"));
                Optimizer before = open(json, resumed, group("opt_w"), group("opt_b"));
                Optimizer after = open(json, resumed, group("opt_w"), group("opt_b"))) {
            steps(whole, unbroken, 13);
            steps(before, resumed, 6);
            Path file = folder.resolve("iter_6.pth");
            PthWriter.write(
                    file, Dict.plain().put("state_dict", weights(resumed)).put("optimizer", before.stateDict()));
            after.loadStateDict(Checkpoint.load(file).part("optimizer").orElseThrow());
            steps(after, resumed, 7);
            assertArrayEquals(
                    unbroken.weight("opt_w").toFloats(), resumed.weight("opt_w").toFloats());
            assertArrayEquals(
                    unbroken.weight("opt_b").toFloats(), resumed.weight("opt_b").toFloats());
        }
    }

    @Test
    void leavesWeightsWithoutGradientAlone() {
        try (LeastSquares problem = new LeastSquares(runtime);
                LeastSquares other = new LeastSquares(runtime);
                Optimizer optimizer = Optimizers.builtIn()
                        .open(
                                runtime,
                                node("{\"type\": \"AdamW\", \"lr\": 0.1}"),
                                List.of(group("opt_w", "other")),
                                key -> key.equals("other") ? other.weight("opt_b") : problem.weight(key))) {
            float[] start = other.weight("opt_b").toFloats();
            problem.backward();
            optimizer.step();
            assertArrayEquals(start, other.weight("opt_b").toFloats());
            Dict state = assertInstanceOf(
                    Dict.class, optimizer.stateDict().get("state").orElseThrow());
            assertEquals(1, state.entries().size());
        }
    }

    @Test
    void keepsNoneForAMomentumThatIsNotThere() {
        try (LeastSquares problem = new LeastSquares(runtime);
                Optimizer optimizer = open("{\"type\": \"SGD\", \"lr\": 0.1}", problem, group("opt_w"))) {
            problem.backward();
            optimizer.step();
            PickleValue buffer = optimizer
                    .stateDict()
                    .get("state")
                    .flatMap(s -> ((Dict) s).get(PickleValue.of(0)))
                    .flatMap(s -> s.at("momentum_buffer"))
                    .orElseThrow();
            assertInstanceOf(PickleValue.None.class, buffer);
        }
    }

    @Test
    void movesEachGroupByItsOwnRate() {
        try (LeastSquares problem = new LeastSquares(runtime);
                Optimizer optimizer =
                        open("{\"type\": \"SGD\", \"lr\": 0.1}", problem, group("opt_w"), group("opt_b"))) {
            float[] w = problem.weight("opt_w").toFloats();
            float[] b = problem.weight("opt_b").toFloats();
            problem.backward();
            float[] gradient = problem.weight("opt_b").gradient().orElseThrow();
            optimizer.groups().getFirst().set("lr", 0);
            optimizer.step();
            assertArrayEquals(w, problem.weight("opt_w").toFloats());
            assertEquals(b[0] - 0.1 * gradient[0], problem.weight("opt_b").toFloats()[0], 1e-7);
        }
    }

    @Test
    void clipsElementsAndTellsTheNorm() {
        try (LeastSquares problem = new LeastSquares(runtime);
                Optimizer optimizer = open("{\"type\": \"SGD\", \"lr\": 0.1}", problem, group("opt_w", "opt_b"))) {
            assertEquals(0, optimizer.clip(new ClipGrad.Norm(1, 2)), "nothing has a gradient yet");
            problem.backward();
            double before = optimizer.clip(new ClipGrad.Norm(1e9, 2));
            double sum = 0;
            for (String key : List.of("opt_w", "opt_b")) {
                for (float g : problem.weight(key).gradient().orElseThrow()) {
                    sum += g * g;
                }
            }
            assertEquals(Math.sqrt(sum), before, 1e-6);
            optimizer.clip(new ClipGrad.Element(0.01));
            for (float g : problem.weight("opt_w").gradient().orElseThrow()) {
                assertEquals(0, g, 0.01f);
            }
        }
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertEquals(
                "c.py: optimizer.type: expected an optimizer, got 'Admw' — did you mean 'AdamW' or 'Adam'?",
                refusal("{\"type\": \"Admw\"}"));
        assertEquals(
                "c.py: optimizer.type: expected an optimizer that takes one step per batch, got 'LBFGS' — it evaluates"
                        + " the loss many times a step; use AdamW",
                refusal("{\"type\": \"LBFGS\"}"));
        assertEquals("c.py: optimizer.lr: expected a value, got nothing", refusal("{\"type\": \"SGD\"}"));
        assertEquals(
                "c.py: optimizer.weigth_decay: unknown key — did you mean 'weight_decay'?",
                refusal("{\"type\": \"SGD\", \"lr\": 0.1, \"weigth_decay\": 0.1}"));
        assertEquals(
                "c.py: optimizer.betas: expected two numbers from 0 to 1.0 (excluded), got [0.9, 1.0]",
                refusal("{\"type\": \"Adam\", \"betas\": [0.9, 1.0]}"));
    }

    private static String refusal(String json) {
        return assertThrows(ConfigException.class, () -> Optimizers.builtIn().rule(node(json)))
                .complaint()
                .text();
    }
}
