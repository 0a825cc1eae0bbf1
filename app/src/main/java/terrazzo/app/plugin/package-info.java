/// Finds plugins, gives each its own class loader, starts them one by one and remembers which failed and why.
@NullMarked
package terrazzo.app.plugin;

import org.jspecify.annotations.NullMarked;
