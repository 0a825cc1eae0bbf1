package terrazzo.data.scenes;

/// Light and weather of a scene.
///
/// @param zenith colour of the sky overhead, `0xRRGGBB`
/// @param horizon colour of the sky at the horizon, and of what is far away
/// @param tint the light's colour: what white looks like
/// @param haze part of the distance's colour mixed in per metre
/// @param clouds number of clouds
/// @param sunny how hard the shadows are, from 0 to 1
/// @param noise spread of the sensor's noise in grey levels
/// @param blur strength of the lens's blur, from 0 to 1
record Mood(int zenith, int horizon, int tint, float haze, int clouds, float sunny, float noise, float blur) {

    static Mood of(SceneRandom random) {
        int kind = random.below(4);
        int zenith = switch (kind) {
            case 0 -> random.oneOf(0x3A78C8, 0x4A8AD4, 0x2F6BBE);
            case 1 -> random.oneOf(0x6E9CC9, 0x86A9C8);
            case 2 -> random.oneOf(0x9AA5AE, 0x8B959E, 0xA9B1B7);
            default -> random.oneOf(0x5A6AA0, 0x64709C, 0x4E6296);
        };
        int horizon = switch (kind) {
            case 0 -> 0xC4DDEE;
            case 1 -> 0xDCE6EA;
            case 2 -> 0xC9CED1;
            default -> random.oneOf(0xF2C9A0, 0xEFB795, 0xE8C4B0);
        };
        int tint = switch (kind) {
            case 0 -> 0xFFFBF2;
            case 1 -> 0xF6F6F4;
            case 2 -> 0xD3D8DC;
            default -> 0xE2C8B4;
        };
        float gain = random.between(0.85, 1.05);
        return new Mood(
                zenith,
                horizon,
                Colour.scaled(tint, gain),
                random.between(0.002, kind == 2 ? 0.010 : 0.005),
                kind == 2 ? 0 : random.below(6),
                kind == 0 ? 1 : kind == 2 ? 0.3f : 0.7f,
                random.between(1, 5),
                random.chance(0.3) ? random.between(0.4, 1) : random.between(0.1, 0.4));
    }

    /// A colour as it is seen in this light from `metres` away.
    ///
    /// @param shade 1 for surfaces in full light, less for those turned away from it
    int seen(int rgb, float shade, float metres) {
        float red = Colour.red(rgb) * Colour.red(tint) * (shade / 255);
        float green = Colour.green(rgb) * Colour.green(tint) * (shade / 255);
        float blue = Colour.blue(rgb) * Colour.blue(tint) * (shade / 255);
        float far = hazeAt(metres);
        return Colour.of(
                red + (Colour.red(horizon) - red) * far,
                green + (Colour.green(horizon) - green) * far,
                blue + (Colour.blue(horizon) - blue) * far);
    }

    /// How much of the horizon's colour lies over things `metres` away, from 0 to below 1.
    float hazeAt(float metres) {
        float thick = haze * metres;
        return thick / (1 + thick);
    }
}
