package terrazzo.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/// Loads a plugin's own classes from its jar first, so that plugins may bring libraries in versions of their own. What
/// the jar does not hold comes from the program, and so do the classes of Java, the toolkit and Terrazzo always: both
/// sides must mean the same by them.
final class PluginClassLoader extends URLClassLoader {

    PluginClassLoader(URL jar, ClassLoader program) {
        super(new URL[] {jar}, program);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean isShared = name.startsWith("java") || name.startsWith("terrazzo.");
        if (isShared || findResource(name.replace('.', '/') + ".class") == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }
}
