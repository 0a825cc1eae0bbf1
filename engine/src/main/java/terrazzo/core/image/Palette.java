package terrazzo.core.image;

import java.util.ArrayList;
import java.util.List;

/// One colour per class index.
///
/// @param colors `0xRRGGBB`, by class index
public record Palette(List<Integer> colors) {

    public Palette {
        colors = List.copyOf(colors);
        for (int color : colors) {
            if (color < 0 || color > 0xFFFFFF) {
                throw new IllegalArgumentException("expected colours as 0xRRGGBB, got " + color);
            }
        }
    }

    /// A palette as configs and checkpoints write it: `[[r, g, b], …]`, each from 0 to 255.
    public static Palette ofTriples(List<List<Integer>> triples) {
        List<Integer> colors = new ArrayList<>(triples.size());
        for (List<Integer> rgb : triples) {
            if (rgb.size() != 3 || rgb.stream().anyMatch(v -> v < 0 || v > 255)) {
                throw new IllegalArgumentException("expected [r, g, b] from 0 to 255, got " + rgb);
            }
            colors.add(rgb.get(0) << 16 | rgb.get(1) << 8 | rgb.get(2));
        }
        return new Palette(colors);
    }

    public int size() {
        return colors.size();
    }

    /// The colour of class `index` as `0xRRGGBB`; black for indices beyond the palette.
    public int rgb(int index) {
        return index < colors.size() ? colors.get(index) : 0;
    }

    /// The palette as `[[r, g, b], …]`.
    public List<List<Integer>> toTriples() {
        return colors.stream()
                .map(c -> List.of(c >> 16 & 0xFF, c >> 8 & 0xFF, c & 0xFF))
                .toList();
    }
}
