/// Networks that turn features into class logits, with the losses that train them.
@NullMarked
package terrazzo.models.heads;

import org.jspecify.annotations.NullMarked;
