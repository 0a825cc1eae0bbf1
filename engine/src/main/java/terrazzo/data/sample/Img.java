package terrazzo.data.sample;

import terrazzo.core.Size;
import terrazzo.core.image.Raster;

/// The image of a sample on its way through a pipeline: `[H, W, C]`, row by row, bytes as decoded or floats once a step
/// made them so. Arrays are not copied: whoever hands one over stops writing to it.
public sealed interface Img {

    Size size();

    int channels();

    /// The values as floats, `[H, W, C]`; a copy unless they are floats already.
    float[] asFloats();

    default int height() {
        return size().height();
    }

    default int width() {
        return size().width();
    }

    /// A decoded image: three channels, blue first.
    static Img of(Raster raster) {
        return new Bytes(raster.size(), 3, raster.asBgr());
    }

    private static void check(Size size, int channels, int length) {
        if (length != size.area() * channels) {
            throw new IllegalArgumentException(
                    "expected " + size.area() * channels + " values for " + size + "x" + channels + ", got " + length);
        }
    }

    /// Unsigned bytes.
    final class Bytes implements Img {
        private final Size size;
        private final int channels;
        private final byte[] values;

        public Bytes(Size size, int channels, byte[] values) {
            check(size, channels, values.length);
            this.size = size;
            this.channels = channels;
            this.values = values;
        }

        @Override
        public Size size() {
            return size;
        }

        @Override
        public int channels() {
            return channels;
        }

        /// The bytes themselves; read only.
        public byte[] values() {
            return values;
        }

        @Override
        public float[] asFloats() {
            float[] floats = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                floats[i] = values[i] & 0xFF;
            }
            return floats;
        }
    }

    /// 32-bit floats.
    ///
    /// Where the reference computes with 64 bits (`Rerange`, `RGB2Gray`) we round once at the end of the step; its
    /// model rounds to 32 bits before the first layer too.
    final class Floats implements Img {
        private final Size size;
        private final int channels;
        private final float[] values;

        public Floats(Size size, int channels, float[] values) {
            check(size, channels, values.length);
            this.size = size;
            this.channels = channels;
            this.values = values;
        }

        @Override
        public Size size() {
            return size;
        }

        @Override
        public int channels() {
            return channels;
        }

        /// The floats themselves; read only.
        @Override
        public float[] asFloats() {
            return values;
        }
    }
}
