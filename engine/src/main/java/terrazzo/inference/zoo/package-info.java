/// The published models: which there are, what they reach, and where their weights are. Start with
/// {@link terrazzo.inference.zoo.ModelZoo}; {@link terrazzo.inference.zoo.DefaultModel} is the one that comes with the
/// program.
@NullMarked
package terrazzo.inference.zoo;

import org.jspecify.annotations.NullMarked;
