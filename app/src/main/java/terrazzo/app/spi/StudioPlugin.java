package terrazzo.app.spi;

/// The entry of a plugin that adds to the studio, named in `META-INF/services/terrazzo.app.spi.StudioPlugin`. It needs
/// a constructor without parameters. What a plugin adds to the engine (architectures, transforms, commands …) is found
/// by interfaces of the engine in the same jar; `docs/plugins.md` lists them.
public interface StudioPlugin {

    /// Registers what the plugin adds; called once, on the UI thread, before the window is shown. A failure is listed
    /// on the plugin page and undoes nothing else.
    void start(PluginContext context);
}
