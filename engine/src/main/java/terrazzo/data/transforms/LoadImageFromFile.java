package terrazzo.data.transforms;

import java.nio.file.Path;
import java.util.Locale;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.ImageLimits;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Reads the image file that the meta names.
///
/// - writes `img` `[H, W, 3]` u8 BGR (floats when `toFloat32`), `oriShape`, `imgShape`
/// - an image that is in memory already stays as it is, so that one pipeline serves files and video frames
/// - every decoding backend that a config may name reads through OpenCV here
///
/// @param toFloat32 whether to hand on floats
/// @param colorType what the decoder makes of the file
public record LoadImageFromFile(boolean toFloat32, ImageFile.ColorType colorType) implements Transform {

    static LoadImageFromFile read(ConfigNode c) { // defaults: mmcv 2.0.0rc1
        c.ignoring("file_client_args", "backend_args", "imdecode_backend");
        if (c.bool("ignore_empty", false)) {
            throw c.error("ignore_empty", "False", "True", "remove files that can't be read from the data set");
        }
        String name = c.string("color_type", "color");
        ImageFile.ColorType type = switch (name) {
            case "color" -> ImageFile.ColorType.COLOR;
            case "grayscale" -> ImageFile.ColorType.GRAYSCALE;
            case "color_ignore_orientation" -> ImageFile.ColorType.COLOR_IGNORE_ORIENTATION;
            case "grayscale_ignore_orientation" -> ImageFile.ColorType.GRAYSCALE_IGNORE_ORIENTATION;
            default ->
                throw c.error(
                        "color_type",
                        "color, grayscale or one of them with _ignore_orientation",
                        "'" + name.toLowerCase(Locale.ROOT) + "'",
                        "");
        };
        return new LoadImageFromFile(c.bool("to_float32", false), type);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.img() == null ? load(results) : results.img();
        if (toFloat32 && img instanceof Img.Bytes) {
            img = new Img.Floats(img.size(), img.channels(), img.asFloats());
        }
        return results.withImg(img).withMeta(results.meta().withOriShape(img.size()));
    }

    private Img load(Results results) {
        String path = results.meta().imgPath();
        if (path == null) {
            throw new DatasetException(Complaint.at("LoadImageFromFile")
                    .expected("an image path")
                    .got("none")
                    .advice("the data set must name a file for each sample"));
        }
        Raster raster = ImageFile.load(Path.of(path), colorType, ImageLimits.DEFAULT);
        return Img.of(raster);
    }
}
