package terrazzo.data.transforms;

import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;

/// Takes the image that is in memory already, such as a frame of a camera.
///
/// - reads `img`; writes `oriShape`, `imgShape`, and `img` as floats when `toFloat32`
///
/// @param toFloat32 whether to hand on floats
public record LoadImageFromNDArray(boolean toFloat32) implements Transform {

    static LoadImageFromNDArray read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        c.ignoring("file_client_args", "imdecode_backend", "color_type", "ignore_empty");
        return new LoadImageFromNDArray(c.bool("to_float32", false));
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Img img = results.requireImg("LoadImageFromNDArray");
        if (toFloat32 && img instanceof Img.Bytes) {
            img = new Img.Floats(img.size(), img.channels(), img.asFloats());
        }
        return results.withImg(img).withMeta(results.meta().withOriShape(img.size()));
    }
}
