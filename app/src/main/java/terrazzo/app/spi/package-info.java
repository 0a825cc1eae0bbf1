/// What a plugin may use and provide: start with [terrazzo.app.spi.StudioPlugin]. Everything here stays compatible
/// within
/// one major version; nothing outside this package is promised to plugins.
@NullMarked
package terrazzo.app.spi;

import org.jspecify.annotations.NullMarked;
