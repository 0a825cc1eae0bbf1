package terrazzo.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import terrazzo.config.ConfigSource.FileSource;
import terrazzo.config.ConfigSource.TextSource;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.ConfigException;

/// A config with everything that it inherits, its variables substituted and the options of the command line applied.
///
/// @param dict the resolved config
/// @param origin the file it was read from, or a name in angle brackets
/// @param legacy whether it was written for MMSegmentation 0.x and migrated on reading
public record Config(DictValue dict, String origin, boolean legacy) {

    /// Reads the config in a file.
    ///
    /// @param path a `.py`, `.json`, `.yaml` or `.yml` file
    /// @throws ConfigException when the file or a base is missing, too large, or not values only
    /// @throws IOException when reading fails
    public static Config load(Path path) throws IOException {
        return load(path, List.of());
    }

    /// Reads the config in a file and sets single values.
    ///
    /// @param cfgOptions `key=value` each, with dots in the key: `model.decode_head.num_classes=8`
    public static Config load(Path path, List<String> cfgOptions) throws IOException {
        FileSource source = new FileSource(path);
        if (!source.exists()) {
            throw source.missing("");
        }
        return read(source, cfgOptions);
    }

    /// Reads a config from its Python text.
    ///
    /// @param origin a name for messages; bases are looked for from the working directory
    public static Config parse(String text, String origin) throws IOException {
        return read(new TextSource(text, origin), List.of());
    }

    /// Reads a config from JSON as [#toJson()] writes it.
    public static Config fromJson(String json, String origin) {
        return of(JsonText.parse(json, origin), origin);
    }

    /// A config that code has put together.
    public static Config of(DictValue dict, String origin) {
        return new Config(dict, origin, false);
    }

    static Config read(ConfigSource source, List<String> cfgOptions) throws IOException {
        DictValue dict = new ConfigReader().read(source);
        return new Config(Options.apply(dict, cfgOptions), source.name(), false);
    }

    /// The same config with single values set.
    ///
    /// @param cfgOptions `key=value` each
    public Config with(List<String> cfgOptions) {
        return new Config(Options.apply(dict, cfgOptions), origin, legacy);
    }

    /// Whether the config was written for MMSegmentation 0.x and migrated on reading.
    public boolean isLegacy() {
        return legacy;
    }

    /// The config's top for readers.
    public ConfigNode root() {
        return ConfigNode.root(dict, origin);
    }

    /// The config as Python text without bases, which reads back to an equal dict here and in mmengine.
    public String toPython() {
        return PythonPrinter.print(dict);
    }

    /// The config as JSON; tuples become lists.
    public String toJson() {
        return JsonText.print(dict);
    }
}
