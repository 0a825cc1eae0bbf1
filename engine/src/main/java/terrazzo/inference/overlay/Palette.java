package terrazzo.inference.overlay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;

/// One colour for each class index, from 0. Immutable.
public final class Palette {

    /// A label map has 256 indices at most.
    private static final int MAX_COLOURS = 256;

    private static final int MAX_FILE_BYTES = 1 << 20;

    private final int[] colours;

    private Palette(int[] colours) {
        this.colours = colours;
    }

    /// @param rgb one `0xRRGGBB` per class, 1 to 256 of them
    public static Palette of(List<Integer> rgb) {
        if (rgb.isEmpty() || rgb.size() > MAX_COLOURS) {
            throw new IllegalArgumentException("expected 1 to 256 colours, got " + rgb.size());
        }
        return new Palette(rgb.stream().mapToInt(colour -> colour & 0xFFFFFF).toArray());
    }

    /// The palette of a data set's metainfo or a checkpoint's meta: `[[r, g, b], …]`.
    ///
    /// @param where names the origin in messages
    /// @throws DatasetException when a colour has not three parts from 0 to 255, or their number is not 1 to 256
    public static Palette ofTriples(String where, List<List<Integer>> triples) {
        PaletteText.Colours colours = new PaletteText.Colours(where);
        for (int i = 0; i < triples.size(); i++) {
            colours.add("colour " + i, triples.get(i));
        }
        return colours.toPalette();
    }

    /// The colours that the reference gives to classes without a palette: numbers from 0 to 254 drawn by NumPy's
    /// Mersenne Twister from seed 42, so that a data set of one's own looks the same here and there.
    ///
    /// @param count number of classes, 1 to 256
    public static Palette generated(int count) {
        MersenneTwister draws = new MersenneTwister(42);
        int[] colours = new int[count];
        for (int i = 0; i < count; i++) {
            colours[i] = (draws.byteBelow255() << 16) | (draws.byteBelow255() << 8) | draws.byteBelow255();
        }
        return of(Arrays.stream(colours).boxed().toList());
    }

    /// Reads a palette from text:
    ///
    /// - a JSON list of `[r, g, b]` or `"#rrggbb"`, or an object with such a list named `palette`
    /// - a GIMP palette
    /// - lines of `r g b`, `r, g, b` or `#rrggbb`; empty ones and those that start with `;` or two slashes are
    ///   skipped
    ///
    /// @param where names the origin in messages
    /// @throws DatasetException when the text is none of these; the message names the line or the colour
    public static Palette parse(String where, String text) {
        return PaletteText.parse(where, text);
    }

    /// Reads a palette file of at most 1 MiB in UTF-8, see [#parse].
    ///
    /// @throws DatasetException when the file is absent, too large, or no palette
    public static Palette load(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_FILE_BYTES) {
                throw new DatasetException(Complaint.at(file.toString())
                        .expected("a palette of at most 1 MiB")
                        .got(bytes + " bytes"));
            }
            // Malformed UTF-8 becomes replacement characters, which the parser then refuses with their line.
            return parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            String got = Files.exists(file) ? "a file that can't be read" : "no such file";
            throw new DatasetException(
                    Complaint.at(file.toString()).expected("a palette file").got(got), e);
        }
    }

    /// Number of colours.
    public int size() {
        return colours.length;
    }

    /// The colour of a class as `0xRRGGBB`.
    public int rgb(int index) {
        return colours[index];
    }

    /// This palette with another colour for one class.
    public Palette with(int index, int rgb) {
        int[] changed = colours.clone();
        changed[index] = rgb & 0xFFFFFF;
        return new Palette(changed);
    }

    /// This palette cut, or filled up from [#generated], to `count` colours.
    public Palette resized(int count) {
        int[] fitted = Arrays.copyOf(colours, count);
        if (count > colours.length) {
            Palette more = generated(count);
            for (int i = colours.length; i < count; i++) {
                fitted[i] = more.rgb(i);
            }
        }
        return new Palette(fitted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Palette that && Arrays.equals(colours, that.colours);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(colours);
    }

    /// As `#rrggbb #rrggbb …`.
    @Override
    public String toString() {
        return String.join(
                " ", Arrays.stream(colours).mapToObj(c -> "#%06x".formatted(c)).toList());
    }
}
