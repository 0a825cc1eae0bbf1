/// Networks between a backbone and its heads: features in, features out.
@NullMarked
package terrazzo.models.necks;

import org.jspecify.annotations.NullMarked;
