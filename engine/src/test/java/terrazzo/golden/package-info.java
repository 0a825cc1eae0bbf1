/// What golden tests share: tensors that anyone can rebuild from a name, and where the figures lie.
@NullMarked
package terrazzo.golden;

import org.jspecify.annotations.NullMarked;
