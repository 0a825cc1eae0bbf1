/// From data sets to batches: {@link terrazzo.data.loading.DataLoader} reads samples ahead on several threads in an
/// order that a {@link terrazzo.data.loading.Sampler} gives, and {@link terrazzo.data.loading.SegDataPreProcessor}
/// makes tensors of them.
@NullMarked
package terrazzo.data.loading;

import org.jspecify.annotations.NullMarked;
