package terrazzo.data.scenes;

import terrazzo.core.Size;

/// A pinhole camera that looks along the street. World: x to the right from the middle of the road, y up from the
/// ground, z along the street, in metres; picture: pixels from the top left.
///
/// @param size of the picture
/// @param x where the camera is
/// @param y height above the ground
/// @param z where the camera is
/// @param focal focal length in pixels
/// @param centerX column of the street's vanishing point
/// @param horizon row of the horizon
record Camera(Size size, float x, float y, float z, float focal, float centerX, float horizon) {

    /// What is nearer than this is not drawn.
    static final float NEAR = 1.2f;

    /// Metres in front of the camera.
    float depth(float worldZ) {
        return worldZ - z;
    }

    float column(float worldX, float depth) {
        return centerX + focal * (worldX - x) / depth;
    }

    float row(float worldY, float depth) {
        return horizon + focal * (y - worldY) / depth;
    }

    /// Pixels per metre.
    float scale(float depth) {
        return focal / depth;
    }
}
