package terrazzo.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// The reference's figures for one model.
///
/// @param json everything but the sampled logits
/// @param samples `logits[:, :, offset::step, offset::step]`
@SuppressWarnings("ArrayRecordComponent") // read once, compared once
record GoldenModel(JsonNode json, float[] samples) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static GoldenModel load(Path folder, String name) throws IOException {
        JsonNode json;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".json.gz")))) {
            json = JSON.readTree(in);
        }
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".f32.gz"))))) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            float[] samples = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(samples);
            return new GoldenModel(json, samples);
        }
    }

    /// The model's config with every rate of dropping at 0, as the figures were made.
    ConfigNode config() {
        return node(json.get("model"));
    }

    long[] input() {
        return longs(json.get("input"));
    }

    String inputName() {
        return json.path("input_name").asText("input");
    }

    /// `key [sizes]` of every state-dict entry, in order.
    List<String> state() {
        List<String> entries = new ArrayList<>();
        for (JsonNode entry : json.get("state")) {
            entries.add(entry.get(0).asText() + " " + entry.get(1).toString().replace(",", ", "));
        }
        return entries;
    }

    boolean trains() {
        return json.hasNonNull("train");
    }

    JsonNode train() {
        return json.get("train");
    }

    /// Names of losses, and keys of parameters, begin with these for heads that leave `dropout_ratio` (or Segmenter's
    /// `drop_path_rate`) to its default.
    /// The reference dropped there when the figures were made, so they can't be met.
    ///
    /// @param lossPrefix as `aux_1.`
    /// @param keyPrefix as `auxiliary_head.1.`
    record RandomHead(String lossPrefix, String keyPrefix) {}

    List<RandomHead> randomHeads() {
        List<RandomHead> heads = new ArrayList<>();
        addRandomHeads(heads, "decode", "decode_head");
        addRandomHeads(heads, "aux", "auxiliary_head");
        return heads;
    }

    private void addRandomHeads(List<RandomHead> heads, String loss, String key) {
        JsonNode node = json.path("model").path(key);
        if (dropsByDefault(node)) {
            heads.add(new RandomHead(loss + ".", key + "."));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            if (dropsByDefault(node.get(i))) {
                heads.add(new RandomHead(loss + "_" + i + ".", key + "." + i + "."));
            }
        }
    }

    private static boolean dropsByDefault(JsonNode head) {
        boolean paths =
                head.path("type").asText().equals("SegmenterMaskTransformerHead") && !head.has("drop_path_rate");
        return paths || (head.has("num_classes") && head.has("channels") && !head.has("dropout_ratio"));
    }

    static long[] longs(JsonNode array) {
        long[] numbers = new long[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asLong();
        }
        return numbers;
    }

    /// A config written as JSON.
    static ConfigNode node(JsonNode json) {
        return ConfigNode.root((Value.DictValue) value("", json), "<golden>");
    }

    private static Value value(String key, JsonNode node) {
        if (node.isObject()) {
            Map<String, Value> entries = new LinkedHashMap<>();
            node.properties().forEach(e -> entries.put(e.getKey(), value(e.getKey(), e.getValue())));
            if (dropsByDefault(node)) {
                entries.put("dropout_ratio", new Value.Real(0));
                if (node.path("type").asText().equals("SegmenterMaskTransformerHead")) {
                    entries.put("drop_path_rate", new Value.Real(0));
                }
            }
            return Value.DictValue.of(entries);
        }
        if (node.isArray()) {
            List<Value> items = new ArrayList<>();
            node.forEach(item -> items.add(value(key, item)));
            return new Value.ListValue(items);
        }
        if (node.isNumber() && key.toLowerCase(Locale.ROOT).contains("drop")) {
            return new Value.Real(0);
        }
        return switch (node.getNodeType()) {
            case NULL -> new Value.None();
            case BOOLEAN -> new Value.Bool(node.asBoolean());
            case STRING -> new Value.Str(node.asText());
            case NUMBER -> node.isIntegralNumber() ? new Value.Int(node.asLong()) : new Value.Real(node.asDouble());
            default -> throw new IllegalStateException("unexpected " + node);
        };
    }
}
