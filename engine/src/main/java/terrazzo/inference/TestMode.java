package terrazzo.inference;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;

/// How an image meets the network: as a whole, or window by window.
public sealed interface TestMode {

    /// The whole image at once.
    record Whole() implements TestMode {}

    /// Overlapping windows, whose logits are averaged.
    ///
    /// @param crop extent of a window
    /// @param stride distance from one window to the next
    record Slide(Size crop, Size stride) implements TestMode {

        /// For images too large to go in as a whole, with models whose config doesn't slide.
        static final Slide OF_LARGE_IMAGES = new Slide(new Size(1024, 1024), new Size(768, 768));

        /// A window of an image: rows `top` to `bottom`, columns `left` to `right`, ends excluded.
        record Window(int top, int bottom, int left, int right) {}

        /// The windows that cover an image, row by row. The last of each row and column is moved back so
        /// that it ends at the edge; images smaller than a window are one window.
        List<Window> windows(Size image) {
            int rows = Math.max(image.height() - crop.height() + stride.height() - 1, 0) / stride.height() + 1;
            int columns = Math.max(image.width() - crop.width() + stride.width() - 1, 0) / stride.width() + 1;
            List<Window> windows = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int bottom = Math.min(row * stride.height() + crop.height(), image.height());
                    int right = Math.min(column * stride.width() + crop.width(), image.width());
                    windows.add(new Window(
                            Math.max(bottom - crop.height(), 0), bottom, Math.max(right - crop.width(), 0), right));
                }
            }
            return windows;
        }
    }

    /// The size that an image is padded to: whole images to multiples of `divisor`, others only where a window would
    /// end
    /// with them.
    ///
    /// @param image after the padding that the config asks for
    default Size padded(Size image, int divisor) { // mmseg: refuses images whose sides are no multiples
        return switch (this) {
            case Whole _ -> new Size(multiple(image.height(), divisor), multiple(image.width(), divisor));
            case Slide(var crop, var _) ->
                new Size(
                        image.height() < crop.height() ? multiple(image.height(), divisor) : image.height(),
                        image.width() < crop.width() ? multiple(image.width(), divisor) : image.width());
        };
    }

    private static int multiple(int side, int divisor) {
        return Math.ceilDiv(side, divisor) * divisor;
    }

    /// Reads `test_cfg` of a model; without one images go in as a whole.
    static TestMode read(ConfigNode model) {
        return model.optionalNode("test_cfg").map(TestMode::readTestCfg).orElseGet(Whole::new);
    }

    private static TestMode readTestCfg(ConfigNode c) {
        String mode = c.string("mode", "whole");
        return switch (mode) {
            case "whole" -> new Whole();
            case "slide" -> new Slide(size(c, "crop_size"), size(c, "stride"));
            default -> throw c.error("mode", "'whole' or 'slide'", "'" + mode + "'", "");
        };
    }

    private static Size size(ConfigNode c, String key) {
        List<Integer> size = c.ints(key);
        if (size.size() != 2 || size.stream().anyMatch(n -> n < 1)) {
            throw c.error(key, "(height, width) in pixels", size.toString(), "");
        }
        return new Size(size.get(0), size.get(1));
    }
}
