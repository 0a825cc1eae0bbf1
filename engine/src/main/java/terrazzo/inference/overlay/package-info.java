/// Label maps made visible: {@link terrazzo.inference.overlay.Palette} gives each class its colour,
/// {@link terrazzo.inference.overlay.Overlay} blends the colours over the image, pixel on pixel, and
/// {@link terrazzo.inference.overlay.SegLocalVisualizer} draws what MMSegmentation's tool of that name writes, its
/// displacements included. Reading and writing image files is the data room's work.
@NullMarked
package terrazzo.inference.overlay;

import org.jspecify.annotations.NullMarked;
