package terrazzo.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Settings for tests, written as JSON with single quotes.
public final class Settings {

    private Settings() {}

    public static ConfigNode of(String json) {
        try {
            return of(new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static ConfigNode of(JsonNode json) {
        return ConfigNode.root((Value.DictValue) value(json), "a.py");
    }

    private static Value value(JsonNode json) {
        if (json.isObject()) {
            Map<String, Value> entries = new LinkedHashMap<>();
            for (Iterator<Map.Entry<String, JsonNode>> it = json.properties().iterator(); it.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = it.next();
                entries.put(entry.getKey(), value(entry.getValue()));
            }
            return Value.DictValue.of(entries);
        } else if (json.isArray()) {
            List<Value> items = new ArrayList<>();
            json.forEach(item -> items.add(value(item)));
            return new Value.ListValue(items);
        } else if (json.isBoolean()) {
            return new Value.Bool(json.asBoolean());
        } else if (json.isIntegralNumber()) {
            return new Value.Int(json.asLong());
        } else if (json.isNumber()) {
            return new Value.Real(json.asDouble());
        }
        return json.isNull() ? new Value.None() : new Value.Str(json.asText());
    }
}
