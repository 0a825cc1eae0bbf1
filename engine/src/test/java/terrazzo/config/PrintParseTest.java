package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.ConfigException;

class PrintParseTest {

    @Property(tries = 500, seed = "20220901")
    void printedTextReadsBackToTheSameDict(@ForAll("configs") DictValue config) throws IOException {
        String text = Config.of(config, "made").toPython();
        assertEquals(config, Config.parse(text, "printed").dict(), text);
    }

    @Provide
    Arbitrary<DictValue> configs() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(5)
                .ofMaxLength(9)
                .map(n -> "k" + n);
        return dicts(names, values(3));
    }

    private static Arbitrary<Value> values(int depth) {
        Arbitrary<Value> scalars = Arbitraries.oneOf(
                Arbitraries.just(new Value.None()),
                Arbitraries.of(true, false).map(Value.Bool::new),
                Arbitraries.longs().map(Value.Int::new),
                Arbitraries.doubles().map(Value.Real::new),
                Arbitraries.of(1e-5, 1e16, 1e15, -0.0, 123.675, 1e-4, 4.9e-324).map(Value.Real::new),
                Arbitraries.strings().ofMaxLength(30).map(Value.Str::new),
                Arbitraries.of("{{ _base_.x }}", "{{fileDirname}}", "'\"\\", "{{{", "\n\t\0", "é😀\uD800", "#")
                        .map(Value.Str::new));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<Value> inner = values(depth - 1);
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(6).filter(k -> !k.equals("_delete_")),
                Arbitraries.of("type", "lambda", "dict", "0", "-7", "007", "a.b", "", "{{fileDirname}}"));
        return Arbitraries.oneOf(
                scalars,
                inner.list().ofMaxSize(4).map(Value.ListValue::new),
                inner.list().ofMaxSize(4).map(Value.TupleValue::new),
                dicts(keys, inner).map(d -> (Value) d));
    }

    private static Arbitrary<DictValue> dicts(Arbitrary<String> keys, Arbitrary<Value> values) {
        return Arbitraries.maps(keys, values).ofMaxSize(5).map(m -> DictValue.of(new LinkedHashMap<>(m)));
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
