/// Weights that others publish, under our keys: one class per origin, listed in
/// {@link terrazzo.checkpoint.convert.Converters}, where to start. A converter knows names and the order of numbers,
/// nothing of models; whether the result fits one says {@link terrazzo.checkpoint.StateDictReport}.
@NullMarked
package terrazzo.checkpoint.convert;

import org.jspecify.annotations.NullMarked;
