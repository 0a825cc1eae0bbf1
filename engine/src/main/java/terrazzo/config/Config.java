package terrazzo.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import terrazzo.config.ConfigSource.FileSource;
import terrazzo.config.ConfigSource.TextSource;
import terrazzo.config.migrate.LegacyConfig;
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
        return resolved(JsonText.parse(json, origin), origin, List.of());
    }

    /// A config that code has put together.
    public static Config of(DictValue dict, String origin) {
        return new Config(dict, origin, false);
    }

    static Config read(ConfigSource source, List<String> cfgOptions) throws IOException {
        return resolved(new ConfigReader().read(source), source.name(), cfgOptions);
    }

    /// Migrates where needed. Options can be in the words of either version: those whose first key the old config has
    /// are set before the migration, the others after it.
    private static Config resolved(DictValue read, String origin, List<String> cfgOptions) {
        if (!LegacyConfig.isLegacy(read)) {
            return new Config(Options.apply(read, cfgOptions), origin, false);
        }
        var before = cfgOptions.stream()
                .collect(Collectors.partitioningBy(o -> read.entries().containsKey(Options.firstKey(o))));
        DictValue set = Options.apply(read, before.getOrDefault(true, List.of()));
        DictValue migrated = LegacyConfig.migrate(set);
        return new Config(Options.apply(migrated, before.getOrDefault(false, List.of())), origin, true);
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
