package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.Config;
import terrazzo.train.optim.ParamGroup;
import terrazzo.train.schedule.ParamScheduler;
import terrazzo.train.schedule.ParamSchedulers;
import terrazzo.train.schedule.TrainLength;

/// The learning rate and the momentum at each of 60 iterations against mmengine's.
@Tag("golden")
final class GoldenScheduleTest {

    private static final double RELATIVE = 1e-9;

    @TestFactory
    Stream<DynamicTest> goesAsTheReferenceGoes() throws IOException {
        return StreamSupport.stream(GoldenPixels.load("schedulers.json").spliterator(), false)
                .map(c -> dynamicTest(c.get("schedulers").toString(), () -> check(c)));
    }

    private static void check(JsonNode c) {
        ParamGroup group = new ParamGroup(
                List.of("w"),
                Map.of(
                        "lr", PickleValue.of(c.get("lr").asDouble()),
                        "momentum", PickleValue.of(c.get("momentum").asDouble())));
        List<ParamScheduler> schedulers = ParamSchedulers.builtIn()
                .start(
                        Config.fromJson("{\"param_scheduler\": " + c.get("schedulers") + "}", "golden")
                                .root()
                                .nodes("param_scheduler"),
                        List.of(group),
                        new TrainLength(60, 1, 60));
        for (int i = 0; i < c.get("lrs").size(); i++) {
            same(c.get("lrs").get(i), group.lr(), "lr " + i);
            same(c.get("momentums").get(i), group.momentum(), "momentum " + i);
            schedulers.forEach(ParamScheduler::step);
        }
    }

    private static void same(JsonNode expected, double got, String what) {
        assertEquals(expected.asDouble(), got, RELATIVE * Math.abs(expected.asDouble()) + 1e-15, what);
    }
}
