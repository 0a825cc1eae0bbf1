package terrazzo.app.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What a plugin says of itself in `terrazzo-plugin.json` at the root of its jar.
///
/// @param id unique, for example `org.example.depth`
/// @param name shown to the user
/// @param version the plugin's own
/// @param apiVersion the studio's plugin interface it was built for; only [#API] starts
public record PluginManifest(String id, String name, String version, int apiVersion) {

    /// The version of `terrazzo.app.spi`.
    public static final int API = 1;

    static final String FILE = "terrazzo-plugin.json";

    static PluginManifest read(InputStream in) throws IOException {
        JsonNode json = new JsonMapper().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        String id = json.path("id").asText();
        if (id.isBlank()) {
            throw new IOException(FILE + ": expected an \"id\"");
        }
        return new PluginManifest(
                id,
                json.path("name").asText(id),
                json.path("version").asText("?"),
                json.path("api").asInt(API));
    }
}
