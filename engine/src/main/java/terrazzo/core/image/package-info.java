/// Decoded pixels in memory: {@link terrazzo.core.image.Raster} for images and {@link terrazzo.core.image.LabelMap} for
/// class indices. Reading and writing files is the data room's work.
@NullMarked
package terrazzo.core.image;

import org.jspecify.annotations.NullMarked;
