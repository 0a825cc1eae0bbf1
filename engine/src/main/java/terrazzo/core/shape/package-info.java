/// Element types and symbolic sizes of tensors: integer arithmetic over `N`, `H`, `W` and other symbols in a normal
/// form, so that two sizes are equal when their forms are.
@NullMarked
package terrazzo.core.shape;

import org.jspecify.annotations.NullMarked;
