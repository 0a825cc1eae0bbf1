package terrazzo.app.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/// Loads a plugin's own classes from its jar first, so that plugins may bring libraries in versions of their own; what
/// the jar does not hold, and the studio's and toolkit's classes always, come from the studio.
final class PluginClassLoader extends URLClassLoader {

    PluginClassLoader(URL jar, ClassLoader studio) {
        super(new URL[] {jar}, studio);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean isShared = name.startsWith("java") || name.startsWith("terrazzo.app.");
        if (isShared || findResource(name.replace('.', '/') + ".class") == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }
}
