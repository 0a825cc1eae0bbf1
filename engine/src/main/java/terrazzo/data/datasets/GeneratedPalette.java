package terrazzo.data.datasets;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.image.Palette;
import terrazzo.data.sample.Draws;

/// The colours that the reference gives to classes without a palette: `randint(0, 255)` from NumPy's seed 42, so that
/// a data set of one's own looks the same here and there.
public final class GeneratedPalette {

    private GeneratedPalette() {}

    /// @param count number of classes, at least 0
    public static Palette of(int count) {
        return extended(new Palette(List.of()), count);
    }

    /// The first `count` colours of `palette`, or all of them and generated ones up to `count`.
    public static Palette extended(Palette palette, int count) {
        Draws draws = new Draws(42);
        List<Integer> colours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int generated = (draws.integer(0, 255) << 16) | (draws.integer(0, 255) << 8) | draws.integer(0, 255);
            colours.add(i < palette.size() ? palette.rgb(i) : generated);
        }
        return new Palette(colours);
    }
}
