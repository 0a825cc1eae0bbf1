package terrazzo.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Configs as JSON. Tuples become lists there, and numbers that JSON can't name (`inf`) are written as Python's json
/// does.
final class JsonText {

    private static final int MAX_DEPTH = 100;

    private JsonText() {}

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .build();
        return JsonMapper.builder(factory).build();
    }

    static DictValue parse(String text, String origin) {
        JsonNode tree;
        try {
            tree = mapper().readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ConfigException(
                    new SourceSpan(origin, line),
                    Complaint.at("").expected("JSON").got(e.getOriginalMessage()));
        }
        if (value(tree, origin) instanceof DictValue dict) {
            return dict;
        }
        throw new ConfigException(
                SourceSpan.none(origin),
                Complaint.at("").expected("a JSON object").got("something else"));
    }

    private static Value value(JsonNode node, String origin) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> new Value.None();
            case BOOLEAN -> new Value.Bool(node.booleanValue());
            case STRING -> new Value.Str(node.textValue());
            case NUMBER -> {
                if (node.isIntegralNumber() && !node.canConvertToLong()) {
                    throw new ConfigException(
                            SourceSpan.none(origin),
                            Complaint.at("")
                                    .expected("a whole number of at most 64 bits")
                                    .got("a longer one"));
                }
                yield node.isIntegralNumber() ? new Value.Int(node.longValue()) : new Value.Real(node.doubleValue());
            }
            case ARRAY -> {
                List<Value> items = new ArrayList<>();
                node.forEach(item -> items.add(value(item, origin)));
                yield new Value.ListValue(items);
            }
            case OBJECT -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                node.properties().forEach(p -> entries.put(p.getKey(), value(p.getValue(), origin)));
                yield DictValue.of(entries);
            }
            case BINARY, POJO ->
                throw new ConfigException(
                        SourceSpan.none(origin),
                        Complaint.at("").expected("JSON").got(node.getNodeType() + ""));
        };
    }

    /// The dict as indented JSON.
    static String print(DictValue dict) {
        try {
            return mapper().writerWithDefaultPrettyPrinter().writeValueAsString(plain(dict));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain maps and lists are always JSON", e);
        }
    }

    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.None _ -> null;
            case Value.Bool(var b) -> b;
            case Value.Int(var i) -> i;
            case Value.Real(var d) -> d;
            case Value.Str(var s) -> s;
            case Value.ListValue(var items) -> plain(items);
            case Value.TupleValue(var items) -> plain(items);
            case DictValue dict -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                dict.entries().forEach((key, v) -> entries.put(key, plain(v)));
                yield entries;
            }
        };
    }

    private static List<@Nullable Object> plain(List<Value> items) {
        List<@Nullable Object> plain = new ArrayList<>();
        items.forEach(item -> plain.add(plain(item)));
        return plain;
    }
}
