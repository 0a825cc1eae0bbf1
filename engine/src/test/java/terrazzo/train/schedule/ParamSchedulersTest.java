package terrazzo.train.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.config.Config;
import terrazzo.core.error.ConfigException;
import terrazzo.train.optim.ParamGroup;

final class ParamSchedulersTest {

    private static final TrainLength LENGTH = new TrainLength(100, 10, 10);

    private static ParamGroup adam() {
        return new ParamGroup(
                List.of("w"),
                Map.of(
                        "lr", PickleValue.of(0.1),
                        "betas", PickleValue.Tuple.of(PickleValue.of(0.9), PickleValue.of(0.99))));
    }

    private static List<ParamScheduler> start(ParamGroup group, String json) {
        Config config = Config.fromJson("{\"param_scheduler\": [" + json + "]}", "c.py");
        return ParamSchedulers.builtIn().start(config.root().nodes("param_scheduler"), List.of(group), LENGTH);
    }

    private static String refusal(String json) {
        return assertThrows(ConfigException.class, () -> start(adam(), json))
                .complaint()
                .text();
    }

    @Test
    void endsWithTheRunWhenNothingIsSaid() {
        Dict epochs = start(adam(), "{\"type\": \"PolyLR\"}").getFirst().stateDict();
        assertEquals(10L, epochs.get("end").orElseThrow().asLong().orElseThrow());
        Dict iters = start(adam(), "{\"type\": \"PolyLR\", \"by_epoch\": false}")
                .getFirst()
                .stateDict();
        assertEquals(100L, iters.get("end").orElseThrow().asLong().orElseThrow());
    }

    @Test
    void countsIterationsWhereEpochsAreConverted() {
        ParamScheduler scheduler = start(adam(), """
            {"type": "MultiStepLR", "milestones": [2, 4], "convert_to_iter_based": true, "end": 5}\
            """).getFirst();
        assertEquals(false, scheduler.byEpoch());
        assertEquals(
                50L, scheduler.stateDict().get("end").orElseThrow().asLong().orElseThrow());
    }

    @Test
    void dropsAtMilestonesOfIterations() {
        ParamGroup group = adam();
        ParamScheduler scheduler = start(group, """
            {"type": "MultiStepLR", "milestones": [2], "convert_to_iter_based": true}\
            """).getFirst();
        for (int i = 0; i < 19; i++) {
            scheduler.step();
        }
        assertEquals(0.1, group.lr());
        scheduler.step(); // the 20th iteration is done: 2 epochs of 10
        assertEquals(0.1 * 0.1, group.lr());
    }

    @Test
    void movesTheFirstBetaOfTheAdamFamily() {
        ParamGroup group = adam();
        start(group, """
            {"type": "ConstantMomentum", "factor": 0.5, "by_epoch": false}\
            """);
        assertEquals(List.of(0.45, 0.99), group.numbers("betas"));
        assertEquals(0.45, group.momentum());
    }

    @Test
    void goesOnWhereItStopped() {
        String poly = "{\"type\": \"PolyLR\", \"eta_min\": 0.001, \"power\": 0.9, \"by_epoch\": false}";
        ParamGroup unbroken = adam();
        ParamScheduler first = start(unbroken, poly).getFirst();
        for (int i = 0; i < 40; i++) {
            first.step();
        }
        ParamGroup resumed = adam();
        ParamScheduler second = start(resumed, poly).getFirst();
        resumed.set("lr", unbroken.lr()); // as the optimizer's state does
        second.loadStateDict(first.stateDict());
        for (int i = 0; i < 40; i++) {
            first.step();
            second.step();
            assertEquals(unbroken.lr(), resumed.lr());
        }
    }

    @Test
    void writesMmenginesKeysInItsOrder() {
        Dict state = start(adam(), "{\"type\": \"PolyLR\", \"by_epoch\": false}")
                .getFirst()
                .stateDict();
        assertEquals(
                List.of(
                        "eta_min",
                        "power",
                        "total_iters",
                        "param_name",
                        "begin",
                        "end",
                        "by_epoch",
                        "base_values",
                        "last_step",
                        "_global_step",
                        "verbose",
                        "_last_value"),
                state.entries().keySet().stream()
                        .map(k -> k.asText().orElseThrow())
                        .toList());
    }

    @Test
    void risesAndFallsInCycles() {
        ParamGroup group = adam();
        ParamScheduler scheduler = start(group, """
            {"type": "CyclicLR", "target_ratio": [10, 0.1], "cyclic_times": 2, "step_ratio_up": 0.4,
             "anneal_strategy": "linear", "by_epoch": false}\
            """).getFirst();
        assertEquals(0.1, group.lr(), 1e-12); // cycles of 50 iterations that rise for 20
        for (int i = 0; i < 10; i++) {
            scheduler.step();
        }
        assertEquals(0.55, group.lr(), 1e-12); // halfway from 0.1 to 1
        for (int i = 0; i < 10; i++) {
            scheduler.step();
        }
        assertEquals(1, group.lr(), 1e-12);
        for (int i = 0; i < 15; i++) {
            scheduler.step();
        }
        assertEquals(0.505, group.lr(), 1e-12); // halfway from 1 to 0.01
    }

    @Test
    void risesByTheSameRatioInAnExponentialWarmup() {
        ParamGroup group = adam();
        ParamScheduler scheduler = start(group, """
            {"type": "ExponentialWarmupLR", "start_factor": 0.01, "end": 10, "by_epoch": false}\
            """).getFirst();
        assertEquals(0.001, group.lr(), 1e-12);
        for (int i = 0; i < 5; i++) {
            scheduler.step();
        }
        assertEquals(0.01, group.lr(), 1e-12); // 0.1 * 0.01^(5/10)
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals(
                "c.py: param_scheduler[0].type: expected a schedule, got 'PoliLR' — did you mean 'PolyLR'?",
                refusal("{\"type\": \"PoliLR\"}"));
        assertEquals(
                "c.py: param_scheduler[0].poewr: unknown key — did you mean 'power'?",
                refusal("{\"type\": \"PolyLR\", \"poewr\": 2}"));
        assertEquals(
                "c.py: param_scheduler[0].end: expected more than begin=10, got 10",
                refusal("{\"type\": \"PolyLR\", \"begin\": 10}"));
    }
}
