package terrazzo.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Configs as YAML: plain maps, lists and scalars, no tags.
final class YamlText {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_SIZE = 1_000_000;

    private final String origin;
    private int size;

    private YamlText(String origin) {
        this.origin = origin;
    }

    static DictValue parse(String text, String origin) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(origin)
                .setMaxAliasesForCollections(50)
                .setAllowDuplicateKeys(false)
                .build();
        Object tree;
        try {
            tree = new Load(settings).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new ConfigException(
                    new SourceSpan(origin, line),
                    Complaint.at("").expected("YAML").got(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new ConfigException(
                    SourceSpan.none(origin), Complaint.at("").expected("YAML").got(String.valueOf(e.getMessage())));
        }
        YamlText reader = new YamlText(origin);
        if (reader.value(tree, 0) instanceof DictValue dict) {
            return dict;
        }
        throw reader.error("a YAML map", "something else");
    }

    private Value value(@Nullable Object node, int depth) {
        size++;
        if (depth > MAX_DEPTH || size > MAX_SIZE) {
            throw error("at most " + MAX_DEPTH + " levels and " + MAX_SIZE + " values", "more");
        }
        return switch (node) {
            case null -> new Value.None();
            case Boolean b -> new Value.Bool(b);
            case Integer i -> new Value.Int(i);
            case Long i -> new Value.Int(i);
            case BigInteger i -> throw error("a whole number of at most 64 bits", i.bitLength() + " bits");
            case Double d -> new Value.Real(d);
            case String s -> new Value.Str(s);
            case List<?> items -> {
                List<Value> values = new ArrayList<>();
                for (Object item : items) {
                    values.add(value(item, depth + 1));
                }
                yield new Value.ListValue(values);
            }
            case Map<?, ?> map -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    entries.put(String.valueOf(entry.getKey()), value(entry.getValue(), depth + 1));
                }
                yield DictValue.of(entries);
            }
            default -> throw error("maps, lists and scalars", node.getClass().getSimpleName());
        };
    }

    private ConfigException error(String expected, String got) {
        return new ConfigException(
                SourceSpan.none(origin), Complaint.at("").expected(expected).got(got));
    }
}
