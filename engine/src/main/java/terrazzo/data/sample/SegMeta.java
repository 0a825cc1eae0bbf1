package terrazzo.data.sample;

import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;

/// What happened to an image on its way to the model, and where it came from.
///
/// @param imgPath file of the image; null for frames and pixels from memory
/// @param segMapPath file of the label map; null where there is none
/// @param oriShape size as decoded
/// @param imgShape size after the last step
/// @param padShape size after padding; null when nothing was padded
/// @param scaleFactor of the last resize; null when nothing was resized
/// @param keepRatio whether the last resize kept width to height
/// @param flip direction in which the image is mirrored; null when it is not
public record SegMeta(
        @Nullable String imgPath,
        @Nullable String segMapPath,
        @Nullable Size oriShape,
        @Nullable Size imgShape,
        @Nullable Size padShape,
        @Nullable ScaleFactor scaleFactor,
        boolean keepRatio,
        @Nullable FlipDirection flip) {

    /// Nothing but where the sample comes from.
    public static SegMeta of(@Nullable String imgPath, @Nullable String segMapPath) {
        return new SegMeta(imgPath, segMapPath, null, null, null, null, false, null);
    }

    /// Meta of an image just decoded: both shapes are `size`.
    public SegMeta withOriShape(Size size) {
        return new SegMeta(imgPath, segMapPath, size, size, padShape, scaleFactor, keepRatio, flip);
    }

    public SegMeta withImgShape(Size size) {
        return new SegMeta(imgPath, segMapPath, oriShape, size, padShape, scaleFactor, keepRatio, flip);
    }

    /// Meta of an image that was padded to `size`.
    public SegMeta withPadShape(Size size) {
        return new SegMeta(imgPath, segMapPath, oriShape, imgShape, size, scaleFactor, keepRatio, flip);
    }

    public SegMeta withScaleFactor(ScaleFactor factor, boolean ratioKept) {
        return new SegMeta(imgPath, segMapPath, oriShape, imgShape, padShape, factor, ratioKept, flip);
    }

    /// @param direction null for not flipped
    public SegMeta withFlip(@Nullable FlipDirection direction) {
        return new SegMeta(imgPath, segMapPath, oriShape, imgShape, padShape, scaleFactor, keepRatio, direction);
    }

    /// The image's name for messages: its path, or `image`.
    public String name() {
        return imgPath == null ? "image" : imgPath;
    }
}
