package terrazzo.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.core.error.SourceSpan;

/// The configs that come with Terrazzo, found by the names that MMSegmentation 1.x or 0.x has for them.
///
/// `index.tsv` beside the configs lists them: `family/name`, a tab, and the names of 0.x with blanks between them.
/// Paths
/// that come from here live as long as the index is open, because the configs may be packed in a jar.
public final class ConfigIndex implements AutoCloseable {

    private static final String FOLDER = "terrazzo/configs/";
    private static final String SUFFIX = ".py";

    private final Path folder;
    private final @Nullable FileSystem jar;
    private final List<String> names;
    private final SortedMap<String, String> nameByAlias;

    private ConfigIndex(Path folder, @Nullable FileSystem jar) throws IOException {
        this.folder = folder;
        this.jar = jar;
        List<String> listed = new ArrayList<>();
        SortedMap<String, String> aliases = new TreeMap<>();
        List<String> lines = Files.readAllLines(folder.resolve("index.tsv"), StandardCharsets.UTF_8);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split("\t", -1);
            listed.add(columns[0]);
            aliases.put(stem(columns[0]), columns[0]);
            for (String old : columns[1].split(" ", -1)) {
                if (!old.isEmpty()) {
                    aliases.put(old, columns[0]);
                }
            }
        }
        this.names = List.copyOf(listed);
        this.nameByAlias = Collections.unmodifiableSortedMap(aliases);
    }

    /// Opens the configs on the class path.
    ///
    /// @throws IOException when the jar with the configs can't be read
    public static ConfigIndex open() throws IOException {
        URL index = ConfigIndex.class.getClassLoader().getResource(FOLDER + "index.tsv");
        if (index == null) {
            throw new IOException("no configs on the class path: the module 'configs' is missing");
        }
        return at(index);
    }

    static ConfigIndex at(URL index) throws IOException {
        if (!index.getProtocol().equals("jar")) {
            return of(Path.of(uri(index)).resolveSibling(""));
        }
        // jar:file:/path/configs.jar!/terrazzo/configs/index.tsv
        String[] parts = index.toString().split("!/", 2);
        FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(parts[0].substring("jar:".length()))));
        try {
            return new ConfigIndex(jar.getPath(FOLDER), jar);
        } catch (IOException e) {
            jar.close();
            throw e;
        }
    }

    /// The configs of a folder that has an `index.tsv`.
    ///
    /// @throws IOException when the index can't be read
    public static ConfigIndex of(Path folder) throws IOException {
        return new ConfigIndex(folder, null);
    }

    /// `family/name` of every config, sorted, without the suffix.
    public List<String> names() {
        return names;
    }

    /// `family/name` of a config, from its name in 1.x or 0.x, with or without folders before and `.py` behind it.
    public Optional<String> find(String name) {
        return Optional.ofNullable(nameByAlias.get(stem(name)));
    }

    /// The file of a config by its name in 1.x or 0.x.
    ///
    /// @throws ConfigException when no config has this name; says which names are near
    public Path file(String name) {
        String found = find(name).orElseThrow(() -> unknown(name));
        return folder.resolve(found + SUFFIX);
    }

    @Override
    public void close() {
        if (jar == null) {
            return;
        }
        try {
            jar.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close the jar with the configs", e);
        }
    }

    private ConfigException unknown(String name) {
        Complaint complaint = Complaint.at("")
                .expected("a config file, or the name of one of the " + names.size() + " configs of Terrazzo")
                .got("neither")
                .advice(Nearest.suggestion(stem(name), nameByAlias.keySet()));
        return new ConfigException(SourceSpan.none(name), complaint);
    }

    private static String stem(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.endsWith(SUFFIX) ? last.substring(0, last.length() - SUFFIX.length()) : last;
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class loader gave an address that isn't one: " + url, e);
        }
    }
}
