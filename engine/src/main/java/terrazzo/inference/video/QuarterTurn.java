package terrazzo.inference.video;

import terrazzo.core.Size;

/// Turns frames that a camera stored lying on their side.
final class QuarterTurn {

    private QuarterTurn() {}

    /// @param degrees 0, 90, 180 or 270, clockwise
    /// @param size of `from`
    /// @param from `[H, W, 3]`
    /// @param to `[H, W, 3]`, or `[W, H, 3]` after 90 and 270 degrees
    static void clockwise(int degrees, Size size, byte[] from, byte[] to) {
        int width = size.width();
        int height = size.height();
        // Where the top left pixel goes, and how far the target moves with each source column and row; in pixels.
        int start;
        int perColumn;
        int perRow;
        switch (degrees) {
            case 90 -> {
                start = height - 1;
                perColumn = height;
                perRow = -1;
            }
            case 180 -> {
                start = width * height - 1;
                perColumn = -1;
                perRow = -width;
            }
            case 270 -> {
                start = (width - 1) * height;
                perColumn = -height;
                perRow = 1;
            }
            default -> {
                start = 0;
                perColumn = 1;
                perRow = width;
            }
        }
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                int target = (start + x * perColumn + y * perRow) * 3;
                to[target] = from[at];
                to[target + 1] = from[at + 1];
                to[target + 2] = from[at + 2];
            }
        }
    }
}
