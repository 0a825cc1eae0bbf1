/// Modules as PyTorch has them: named children, parameters and buffers, whose names are the state-dict keys. What
/// torch.nn has is here; what segmentation models build from it is in {@code terrazzo.models}.
@NullMarked
package terrazzo.graph.nn;

import org.jspecify.annotations.NullMarked;
