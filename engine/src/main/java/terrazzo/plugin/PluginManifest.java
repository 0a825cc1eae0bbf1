package terrazzo.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/// What a plugin says of itself in `terrazzo-plugin.json` at the root of its jar.
///
/// @param id unique, for example `org.example.depth`
/// @param name shown to the user
/// @param version the plugin's own, empty when it does not say
/// @param apiVersion the plugin interface it was built for; only [#API] starts
/// @param imports Python modules that it stands in for, as `custom_imports` of configs names them
public record PluginManifest(String id, String name, String version, int apiVersion, List<String> imports) {

    /// The version of the plugin interface.
    public static final int API = 1;

    static final String FILE = "terrazzo-plugin.json";

    public PluginManifest {
        imports = List.copyOf(imports);
    }

    /// What there is to say of a jar whose manifest can't be read.
    static PluginManifest unknown(String jar) {
        return new PluginManifest(jar, jar, "", 0, List.of());
    }

    static PluginManifest read(InputStream in) throws IOException {
        JsonNode json = new JsonMapper().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        String id = json.path("id").asText();
        if (id.isBlank()) {
            throw new IOException(FILE + ": expected an \"id\"");
        }
        return new PluginManifest(
                id,
                json.path("name").asText(id),
                json.path("version").asText(""),
                json.path("api").asInt(API),
                StreamSupport.stream(json.path("imports").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    /// Whether a name in `custom_imports` means this plugin.
    boolean provides(String module) {
        return id.equals(module) || imports.contains(module);
    }
}
