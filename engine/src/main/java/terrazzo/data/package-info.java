/// Everything between files and tensors: reading and writing images ({@link terrazzo.data.images}), the record that
/// flows through a pipeline ({@link terrazzo.data.sample}), its steps, data sets, and loading them on several threads.
/// Nothing here knows a model.
@NullMarked
package terrazzo.data;

import org.jspecify.annotations.NullMarked;
