/// The values that a config can hold, as a sealed tree with the place in the text where each was written.
@NullMarked
package terrazzo.config.value;

import org.jspecify.annotations.NullMarked;
