/// Jars of others that add to the engine and the studio. [terrazzo.plugin.Plugins] loads a folder of them, each with a
/// class loader of its own, and hands out what they bring by service interface; what goes wrong in one stays in it. The
/// interfaces themselves live where they are used: `PartsExtension` in `models`, `TransformsExtension` in `data` ….
@NullMarked
package terrazzo.plugin;

import org.jspecify.annotations.NullMarked;
