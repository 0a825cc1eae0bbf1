/// Whole models: backbone, neck, heads, and how their losses and logits come together.
@NullMarked
package terrazzo.models.segmentors;

import org.jspecify.annotations.NullMarked;
