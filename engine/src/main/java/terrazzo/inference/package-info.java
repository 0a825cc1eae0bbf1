/// What is done with a trained model's output. {@link terrazzo.inference.overlay} draws it.
@NullMarked
package terrazzo.inference;

import org.jspecify.annotations.NullMarked;
