package terrazzo.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One plugin: what it says of itself, what it added so far, and why it failed if it did. May be asked from any thread.
public final class Plugin {

    private final PluginManifest manifest;
    private final Path jar;
    private final ClassLoader classLoader;
    private final Set<String> added = new LinkedHashSet<>();
    private String failure = "";

    Plugin(PluginManifest manifest, Path jar, ClassLoader classLoader) {
        this.manifest = manifest;
        this.jar = jar;
        this.classLoader = classLoader;
    }

    public PluginManifest manifest() {
        return manifest;
    }

    public Path jar() {
        return jar;
    }

    /// Finds the plugin's classes and files.
    public ClassLoader classLoader() {
        return classLoader;
    }

    /// What it added, for example `loss EdgeLoss` or `workspace depth`.
    public synchronized List<String> added() {
        return List.copyOf(added);
    }

    /// Why it did not start, empty while it works.
    public synchronized String failure() {
        return failure;
    }

    public synchronized boolean hasFailed() {
        return !failure.isEmpty();
    }

    /// Writes down what it added.
    ///
    /// @param what kind and name
    public synchronized void add(List<String> what) {
        added.addAll(what);
    }

    /// Keeps the first reason; later ones mostly follow from it.
    synchronized void fail(String reason) {
        if (failure.isEmpty()) {
            failure = reason;
            added.clear();
        }
    }

    /// Kind and name of what is in `now` and was not in `before`.
    static List<String> difference(Set<String> before, Set<String> now) {
        List<String> more = new ArrayList<>(now);
        more.removeAll(before);
        return more;
    }
}
