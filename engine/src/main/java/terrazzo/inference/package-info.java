/// What is done with a trained model's output: {@link terrazzo.inference.overlay} draws it, and
/// {@link terrazzo.inference.video} runs it over moving pictures.
@NullMarked
package terrazzo.inference;

import org.jspecify.annotations.NullMarked;
