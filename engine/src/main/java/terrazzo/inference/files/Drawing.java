package terrazzo.inference.files;

import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.inference.overlay.Overlay;
import terrazzo.inference.overlay.SegLocalVisualizer;

/// How label maps are drawn over images.
///
/// @param palette colours of the classes
/// @param opacity of the colours, 0 to 1
/// @param aligned whether each pixel is drawn in its place; otherwise as the reference draws, which displaces the
/// picture
///     by a pixel per class
public record Drawing(Palette palette, double opacity, boolean aligned) {

    /// A new picture.
    public Raster draw(Raster image, LabelMap labels) {
        return aligned
                ? Overlay.of(palette, opacity).draw(image, labels)
                : SegLocalVisualizer.of(palette, opacity).draw(image, labels);
    }
}
