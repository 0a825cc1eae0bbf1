/// Everything that comes with the engine, gathered from the rooms' own catalogues.
@NullMarked
package terrazzo.models.catalogue;

import org.jspecify.annotations.NullMarked;
