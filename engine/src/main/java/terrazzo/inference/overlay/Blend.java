package terrazzo.inference.overlay;

import terrazzo.core.image.Palette;

/// One class colour laid over grey levels at one opacity, as a table: exactly what OpenCV's `addWeighted` computes for
/// 8-bit images (single precision, fused multiply-add, halves to even).
final class Blend {

    private Blend() {}

    /// The blended levels of all colours: byte `(index * 3 + channel) * 256 + level`, channels in the order blue,
    /// green,
    /// red. A colour takes 768 bytes.
    static byte[] tables(Palette palette, double opacity) {
        byte[] tables = new byte[palette.size() * 768];
        for (int i = 0; i < palette.size(); i++) {
            for (int channel = 0; channel < 3; channel++) {
                int colour = (palette.rgb(i) >> (8 * channel)) & 0xFF;
                for (int level = 0; level < 256; level++) {
                    tables[(i * 3 + channel) * 256 + level] = (byte) level(level, colour, opacity);
                }
            }
        }
        return tables;
    }

    private static int level(int image, int colour, double opacity) {
        float keep = (float) (1 - opacity);
        float add = (float) opacity;
        return (int) Math.clamp(Math.rint(Math.fma((float) image, keep, colour * add)), 0.0, 255.0);
    }
}
