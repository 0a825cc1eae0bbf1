package terrazzo.plugin;

/// Adds a plugin's entries to a catalogue. Each catalogue that is open to plugins has an interface of its own that
/// extends this one; a plugin names its implementation, which needs a constructor without parameters, in
/// `META-INF/services/INTERFACE`.
///
/// @param <C> the catalogue, immutable
public interface Extension<C> {

    /// The catalogue with this plugin's entries. Anything thrown leaves the catalogue as it was and is listed beside
    /// the plugin's name.
    C extend(C catalogue);
}
