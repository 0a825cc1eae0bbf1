/// Parity with the reference: figures that MMSegmentation 1.0.0rc0 gave on inputs that are rebuilt from their names.
@NullMarked
package terrazzo.golden;

import org.jspecify.annotations.NullMarked;
