/// Parts that several architectures share: convolution with norm and activation, and what its config says.
@NullMarked
package terrazzo.models.blocks;

import org.jspecify.annotations.NullMarked;
