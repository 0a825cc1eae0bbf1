package terrazzo.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Where a config's text comes from, and where the paths in it lead.
sealed interface ConfigSource {

    int MAX_BYTES = 4 << 20;

    /// A file.
    ///
    /// @param path as the user gave it
    record FileSource(Path path) implements ConfigSource {}

    /// A config that is packed with the program.
    ///
    /// @param path below [#PACKED], with slashes: `unet/x.py`
    record PackedSource(String path, ClassLoader loader) implements ConfigSource {}

    /// A text that has no place; it can't have bases.
    record TextSource(String text, String origin) implements ConfigSource {}

    /// The folder of the class path that holds the packed configs.
    String PACKED = "terrazzo/configs/";

    /// The name for messages.
    default String name() {
        return switch (this) {
            case FileSource(var path) -> path.toString().replace('\\', '/');
            case PackedSource(var path, var _) -> path;
            case TextSource(var _, var origin) -> origin;
        };
    }

    /// The end of the name, from the dot: `.py`, `.json`, …; `.py` where there is none, and for texts.
    default String extension() {
        if (this instanceof TextSource) {
            return ".py";
        }
        String name = name();
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') ? name.substring(dot) : ".py";
    }

    /// The whole text.
    ///
    /// @throws ConfigException when it is longer than [#MAX_BYTES]
    default String text() throws IOException {
        return switch (this) {
            case FileSource(var path) -> {
                try (InputStream in = Files.newInputStream(path)) {
                    yield decode(in);
                }
            }
            case PackedSource(var path, var loader) -> {
                try (InputStream in = loader.getResourceAsStream(PACKED + path)) {
                    if (in == null) {
                        throw missing("");
                    }
                    yield decode(in);
                }
            }
            case TextSource(var text, var _) -> text;
        };
    }

    private String decode(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ConfigException(
                    SourceSpan.none(name()),
                    Complaint.at("").expected("a config of at most 4 MB").got("a larger file"));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Whether there is something to read.
    default boolean exists() {
        return switch (this) {
            case FileSource(var path) -> Files.isRegularFile(path);
            case PackedSource(var path, var loader) -> loader.getResource(PACKED + path) != null;
            case TextSource _ -> true;
        };
    }

    /// The config that `relative` leads to from this one. `mmseg::_base_/x.py` leads to the packed configs.
    default ConfigSource resolve(String relative, SourceSpan span) {
        int scope = relative.indexOf("::");
        if (scope >= 0) {
            if (!relative.startsWith("mmseg::")) {
                throw new ConfigException(
                        span,
                        Complaint.at("_base_")
                                .expected("a file or 'mmseg::…'")
                                .got("'" + relative + "'")
                                .advice("copy that config next to this one and name its file"));
            }
            return new PackedSource(normal(relative.substring(scope + 2)), ConfigSource.class.getClassLoader());
        }
        return switch (this) {
            case FileSource(var path) ->
                new FileSource(path.resolveSibling(relative).normalize());
            case PackedSource(var path, var loader) ->
                new PackedSource(normal(path.substring(0, path.lastIndexOf('/') + 1) + relative), loader);
            case TextSource _ -> new FileSource(Path.of(relative).normalize());
        };
    }

    private static String normal(String path) {
        return Path.of(path).normalize().toString().replace('\\', '/');
    }

    /// Equal for two sources that are the same text.
    default Object identity() {
        return this instanceof FileSource(var path) ? path.toAbsolutePath().normalize() : this;
    }

    default ConfigException missing(String advice) {
        return new ConfigException(
                SourceSpan.none(name()), Complaint.at("").got("no such config").advice(advice));
    }
}
