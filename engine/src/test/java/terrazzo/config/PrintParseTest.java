package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.ConfigException;

class PrintParseTest {

    @Test
    void printedTextReadsBackToTheSameDict() throws IOException {
        for (int seed = 0; seed < 500; seed++) {
            DictValue config = new MadeConfig(new Random(seed)).make();
            String text = Config.of(config, "made").toPython();
            assertEquals(config, Config.parse(text, "printed").dict(), "seed " + seed + ":\n" + text);
        }
    }

    /// Configs of any shape, with the values in them that are hard to print.
    private record MadeConfig(Random random) {

        private static final List<String> KEYS =
                List.of("type", "lambda", "dict", "0", "-7", "007", "a.b", "", "{{fileDirname}}");
        private static final List<String> TEXTS =
                List.of("{{ _base_.x }}", "{{fileDirname}}", "'\"\\", "{{{", "\n\t\0", "é😀\uD800", "#");
        private static final List<Double> NUMBERS = List.of(
                1e-5, 1e16, 1e15, -0.0, 123.675, 1e-4, 4.9e-324, 1.7976931348623157e308, Double.NaN, 1 / 0.0, -1 / 0.0);
        private static final int DEPTH = 3;

        DictValue make() {
            Map<String, Value> entries = new LinkedHashMap<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                entries.put("k" + letters(5 + random.nextInt(5)), value(DEPTH));
            }
            return DictValue.of(entries);
        }

        private Value value(int depth) {
            int kind = depth == 0 ? 0 : random.nextInt(4);
            return switch (kind) {
                case 0 -> scalar();
                case 1 -> new Value.ListValue(values(depth));
                case 2 -> new Value.TupleValue(values(depth));
                default -> {
                    Map<String, Value> entries = new LinkedHashMap<>();
                    for (int i = random.nextInt(6); i > 0; i--) {
                        entries.put(random.nextBoolean() ? pick(KEYS) : text(6), value(depth - 1));
                    }
                    yield DictValue.of(entries);
                }
            };
        }

        private List<Value> values(int depth) {
            return Stream.generate(() -> value(depth - 1))
                    .limit(random.nextInt(5))
                    .toList();
        }

        private Value scalar() {
            return switch (random.nextInt(8)) {
                case 0 -> new Value.None();
                case 1 -> new Value.Bool(random.nextBoolean());
                case 2 -> new Value.Int(random.nextLong() >> random.nextInt(64));
                case 3 -> new Value.Real(Double.longBitsToDouble(random.nextLong()));
                case 4 -> new Value.Real(random.nextInt(100_000) / 1000.0);
                case 5 -> new Value.Real(pick(NUMBERS));
                case 6 -> new Value.Str(text(31));
                default -> new Value.Str(pick(TEXTS));
            };
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private String letters(int length) {
            return random.ints(length, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }

        /// Characters from all planes, half of them from the first 128.
        private String text(int below) {
            return random.ints(random.nextInt(below), 0, 2 * Character.MAX_CODE_POINT)
                    .map(c -> c > Character.MAX_CODE_POINT ? c % 128 : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    @Test
    void breaksLinesWhereTheyWouldNotFit() throws IOException {
        String text = """
            train_pipeline = [
                dict(type='LoadImageFromFile'),
                dict(
                    type='RandomResize',
                    scale=(2048, 1024),
                    ratio_range=(0.5, 2.0),
                    keep_ratio=True,
                    interpolation='bilinear'),
            ]
            sizes = (1, )
            """;
        assertEquals(text, Config.parse(text, "c.py").toPython());
    }

    @Test
    void refusesTopLevelKeysThatPythonCannotAssignTo() {
        Config config = Config.of(DictValue.of(Map.of("a-b", new Value.ListValue(List.of()))), "c.json");
        assertEquals(
                "config: expected keys that Python can assign to, got 'a-b' — rename it, or print as JSON",
                assertThrows(ConfigException.class, config::toPython).getMessage());
    }
}
