package terrazzo.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigSource.FileSource;
import terrazzo.config.ConfigSource.PackedSource;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Finds configs by file, or by a name that MMSegmentation 1.x or 0.x has for one of those packed with the program.
public final class ConfigLocator {

    private final ClassLoader loader;
    private final ConfigIndex index;

    /// Lists the packed configs of the program's class path.
    public ConfigLocator() throws IOException {
        this(ConfigLocator.class.getClassLoader());
    }

    /// Lists the packed configs that `loader` sees.
    public ConfigLocator(ClassLoader loader) throws IOException {
        this.loader = loader;
        this.index = ConfigIndex.load(loader);
    }

    /// The packed configs as `family/name.py`, sorted by name; base configs are left out.
    public List<String> packed() {
        return index.names().stream().map(name -> name + ".py").toList();
    }

    /// Reads a config: the file `name` if there is one, else the packed config of that name.
    ///
    /// @param name a path, or what [ConfigIndex#find] takes
    /// @throws ConfigException when neither exists, with the nearest names
    public Config load(String name, List<String> cfgOptions) throws IOException {
        Optional<Path> file = file(name);
        if (file.isPresent()) {
            return Config.read(new FileSource(file.get()), cfgOptions);
        }
        String found = index.find(name).orElseThrow(() -> unknown(name));
        return Config.read(new PackedSource(found + ".py", loader), cfgOptions);
    }

    private static Optional<Path> file(String name) {
        try {
            Path path = Path.of(name);
            return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private ConfigException unknown(String name) {
        return new ConfigException(
                SourceSpan.none(name),
                Complaint.at("")
                        .expected("a config file or the name of a packed config")
                        .got("neither")
                        .advice(index.suggestion(name)));
    }
}
