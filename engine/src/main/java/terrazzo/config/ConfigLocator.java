package terrazzo.config;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import terrazzo.config.ConfigSource.FileSource;
import terrazzo.config.ConfigSource.PackedSource;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.core.error.SourceSpan;

/// Finds configs by file or by name among those packed with the program, such as `unet-s5-d16_fcn_4xb4-160k_…`, with or
/// without family folder and `.py`.
public final class ConfigLocator {

    private final ClassLoader loader;
    private final SortedMap<String, String> pathByName = new TreeMap<>();

    /// Lists the packed configs of the program's class path.
    public ConfigLocator() throws IOException {
        this(ConfigLocator.class.getClassLoader());
    }

    /// Lists the packed configs that `loader` sees.
    public ConfigLocator(ClassLoader loader) throws IOException {
        this.loader = loader;
        for (URL folder : Collections.list(loader.getResources(ConfigSource.PACKED))) {
            for (String path : list(folder)) {
                if (path.endsWith(".py") && !path.startsWith("_base_/")) {
                    pathByName.putIfAbsent(bare(path), path);
                }
            }
        }
    }

    private static List<String> list(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (var jar = connection.getJarFile()) {
                return jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(ConfigSource.PACKED) && name.endsWith(".py"))
                        .map(name -> name.substring(ConfigSource.PACKED.length()))
                        .toList();
            }
        }
        Path root = Path.of(uri(folder));
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static URI uri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException("class path entry " + url + " is not a URI", e);
        }
    }

    private static String bare(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.endsWith(".py") ? file.substring(0, file.length() - 3) : file;
    }

    /// The packed configs as `family/name.py`, sorted by name; base configs are left out.
    public List<String> packed() {
        return List.copyOf(pathByName.values());
    }

    /// Reads a config: the file `name` if there is one, else the packed config of that name.
    ///
    /// @param name a path, `family/name.py`, `name.py` or `name`
    /// @throws ConfigException when neither exists, with the nearest names
    public Config load(String name, List<String> cfgOptions) throws IOException {
        Optional<Path> file = file(name);
        if (file.isPresent()) {
            return Config.read(new FileSource(file.get()), cfgOptions);
        }
        String path = packedPath(name);
        return Config.read(new PackedSource(path, loader), cfgOptions);
    }

    private static Optional<Path> file(String name) {
        try {
            Path path = Path.of(name);
            return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private String packedPath(String name) {
        String path = pathByName.get(bare(name));
        if (path != null && (name.indexOf('/') < 0 || same(path, name))) {
            return path;
        }
        List<String> near = new ArrayList<>(Nearest.to(bare(name), pathByName.keySet(), 2));
        throw new ConfigException(
                SourceSpan.none(name),
                Complaint.at("")
                        .expected("a config file or the name of a packed config")
                        .got("neither")
                        .advice(near.isEmpty() ? "" : "did you mean '" + String.join("' or '", near) + "'?"));
    }

    /// Whether `name` says the same as `path`; both may start with `configs/`.
    private static boolean same(String path, String name) {
        String wanted = name.replaceFirst("^(\\./)?configs/", "").replaceFirst("\\.py$", "");
        return path.equals(wanted + ".py");
    }
}
