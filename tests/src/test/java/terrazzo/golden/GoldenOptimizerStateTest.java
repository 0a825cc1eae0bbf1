package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.Config;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.CheckpointException;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.train.optim.OptimWrapperConstructors;
import terrazzo.train.optim.Optimizer;
import terrazzo.train.optim.Optimizers;
import terrazzo.train.optim.ParamGroup;
import terrazzo.train.schedule.ParamScheduler;
import terrazzo.train.schedule.ParamSchedulers;
import terrazzo.train.schedule.TrainLength;

/// The state of optimizer and schedules in the reference's own checkpoints: read, and written again the same.
@Tag("golden")
@ExtendWith(WithTorch.class)
final class GoldenOptimizerStateTest {

    private static final Path FOLDER = Path.of("golden", "e2e");
    private static final TrainLength LENGTH = new TrainLength(30, 1, 30);

    private final TorchRuntime runtime;

    GoldenOptimizerStateTest(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    private static ConfigNode config(String name) throws IOException {
        return Config.fromJson(Files.readString(FOLDER.resolve(name + ".config.json")), name)
                .root();
    }

    private Optimizer optimizer(TorchScope scope, ConfigNode config) {
        Segmentor model = StandardParts.parts().segmentor(config.node("model"));
        Map<String, TorchTensor> weights = new HashMap<>();
        model.state().forEach(p -> {
            long[] shape = p.shape().toLongs();
            weights.put(p.key(), scope.floats(new float[Math.toIntExact(numel(shape))], shape));
        });
        ConfigNode wrapper = config.node("optim_wrapper");
        List<ParamGroup> groups = OptimWrapperConstructors.builtIn().groups(model, wrapper);
        return Optimizers.builtIn().open(runtime, wrapper.node("optimizer"), groups, key -> tensor(weights, key));
    }

    private static TorchTensor tensor(Map<String, TorchTensor> weights, String key) {
        TorchTensor tensor = weights.get(key);
        assertTrue(tensor != null, key);
        return tensor;
    }

    private static long numel(long[] shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet_sgd_poly", "segformer_adamw"})
    void readsAndWritesTheReferencesState(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.load(FOLDER.resolve(name + ".iter_30.pth"));
        ConfigNode config = config(name);
        try (TorchScope scope = runtime.scope();
                Optimizer optimizer = optimizer(scope, config)) {
            List<ParamScheduler> schedulers =
                    ParamSchedulers.builtIn().start(config.nodes("param_scheduler"), optimizer.scheduled(), LENGTH);
            PickleValue saved = checkpoint.part("optimizer").orElseThrow();
            optimizer.loadStateDict(saved);
            same(saved, optimizer.stateDict());

            List<PickleValue> savedSchedulers =
                    checkpoint.part("param_schedulers").orElseThrow().asItems();
            for (int i = 0; i < schedulers.size(); i++) {
                schedulers.get(i).loadStateDict(savedSchedulers.get(i));
                same(savedSchedulers.get(i), schedulers.get(i).stateDict());
            }
        }
    }

    @Test
    void refusesTheStateOfAnotherModel() throws IOException {
        Checkpoint checkpoint = Checkpoint.load(FOLDER.resolve("segformer_adamw.iter_30.pth"));
        try (TorchScope scope = runtime.scope();
                Optimizer optimizer = optimizer(scope, config("unet_sgd_poly"))) {
            PickleValue saved = checkpoint.part("optimizer").orElseThrow();
            CheckpointException e = assertThrows(CheckpointException.class, () -> optimizer.loadStateDict(saved));
            assertEquals(
                    "optimizer: expected 61 parameter groups, got 109 in the checkpoint — resume with the config that"
                            + " the checkpoint was trained with, or start from it with load_from",
                    e.getMessage());
        }
    }

    private static void same(PickleValue expected, PickleValue got) {
        List<String> lines = text(expected).lines().toList();
        List<String> ours = text(got).lines().toList();
        for (int i = 0; i < Math.min(lines.size(), ours.size()); i++) {
            assertEquals(lines.get(i), ours.get(i), "line " + i);
        }
        assertEquals(lines.size(), ours.size());
    }

    /// Everything, in order, as text; tensors by type, shape and numbers.
    private static String text(PickleValue value) {
        return switch (value) {
            case PickleValue.Dict dict ->
                dict.entries().entrySet().stream()
                        .map(e -> text(e.getKey()) + ": " + text(e.getValue()))
                        .collect(Collectors.joining(",\n", "{", "}"));
            case PickleValue.ListValue list ->
                list.items().stream().map(GoldenOptimizerStateTest::text).collect(Collectors.joining(", ", "[", "]"));
            case PickleValue.Tuple tuple ->
                tuple.items().stream().map(GoldenOptimizerStateTest::text).collect(Collectors.joining(", ", "(", ")"));
            case PickleValue.Tensor(HostTensor tensor) -> tensor + " " + Arrays.hashCode(tensor.toFloats());
            default -> value.toString();
        };
    }
}
