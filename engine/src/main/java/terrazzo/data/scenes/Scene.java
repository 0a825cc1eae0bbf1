package terrazzo.data.scenes;

import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

/// An image with the class of each pixel.
///
/// @param image what a camera would see
/// @param labels labels of [SceneClass], same size
public record Scene(Raster image, LabelMap labels) {

    /// The same scene with 255 on both sides of every border between classes, as hand-made data sets have it.
    public Scene withIgnoredOutlines() {
        int width = labels.width();
        int height = labels.height();
        byte[] from = labels.asBytes();
        byte[] to = from.clone();
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                boolean border = (x + 1 < width && from[i] != from[i + 1])
                        || (x > 0 && from[i] != from[i - 1])
                        || (y + 1 < height && from[i] != from[i + width])
                        || (y > 0 && from[i] != from[i - width]);
                if (border) {
                    to[i] = (byte) LabelMap.IGNORE;
                }
            }
        }
        return new Scene(image, new LabelMap(labels.size(), to));
    }
}
