/// Label maps made visible: {@link terrazzo.inference.overlay.Overlay} blends each class's colour over the image, pixel
/// on pixel; {@link terrazzo.inference.overlay.PaletteFile} and {@link terrazzo.data.datasets.GeneratedPalette}
/// make palettes; {@link terrazzo.inference.overlay.SegLocalVisualizer} draws what MMSegmentation's class of that name
/// draws, its displacements included. Reading and writing image files is the data room's work.
@NullMarked
package terrazzo.inference.overlay;

import org.jspecify.annotations.NullMarked;
