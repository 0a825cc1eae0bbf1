package terrazzo.app.chart;

import javafx.scene.paint.Color;

/// Between the toolkit's colours and `0xRRGGBB`.
final class Colours {

    private Colours() {}

    static Color of(int rgb) {
        return Color.rgb((rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff);
    }

    static int rgb(Color colour) {
        return (byteOf(colour.getRed()) << 16) | (byteOf(colour.getGreen()) << 8) | byteOf(colour.getBlue());
    }

    private static int byteOf(double share) {
        return (int) Math.round(share * 255);
    }
}
