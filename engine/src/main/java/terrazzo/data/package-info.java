/// Everything between files and tensors: reading and writing images ({@link terrazzo.data.images}), the record that
/// flows through a pipeline ({@link terrazzo.data.sample}), its steps ({@link terrazzo.data.transforms}), data sets
/// ({@link terrazzo.data.datasets}) and loading them on several threads ({@link terrazzo.data.loading}). Nothing here
/// knows a model. Start with {@link terrazzo.data.transforms.Pipeline}.
@NullMarked
package terrazzo.data;

import org.jspecify.annotations.NullMarked;
