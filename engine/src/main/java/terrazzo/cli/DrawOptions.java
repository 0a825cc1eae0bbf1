package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.DatasetDefaults;
import terrazzo.data.datasets.Datasets;
import terrazzo.data.datasets.GeneratedPalette;
import terrazzo.inference.files.Drawing;
import terrazzo.inference.overlay.PaletteFile;

/// Options that say how label maps are drawn.
public final class DrawOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--opacity",
            paramLabel = "A",
            defaultValue = "0.5",
            description = "of the class colours over the image, 0 to 1 (default: ${DEFAULT-VALUE})")
    private double opacity = 0.5;

    @Option(
            names = "--palette",
            paramLabel = "NAME|FILE",
            description = "colours of a data set (ade20k, cityscapes, ...) or of a file: JSON, lines of 'r g b' or"
                    + " '#rrggbb', or .gpl (default: the model's)")
    private @Nullable String palette;

    @Option(
            names = "--aligned",
            description = "draw every pixel in its place; without it pictures are equal to MMSegmentation's, which"
                    + " displaces them by a pixel per class. Images too large for memory are always drawn so")
    private boolean aligned;

    /// How to draw.
    ///
    /// @param own the model's colours
    /// @param classes colours that are needed
    Drawing drawing(Palette own, int classes) throws IOException {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new ParameterException(command.commandLine(), "--opacity: expected 0 to 1, got " + opacity);
        }
        String name = palette;
        Palette chosen = name == null ? own : named(name);
        return new Drawing(GeneratedPalette.extended(chosen, classes), opacity, aligned);
    }

    private Palette named(String name) throws IOException {
        Optional<Palette> known = Datasets.described().stream()
                .filter(d -> plain(d).equals(plain(name)))
                .findFirst()
                .flatMap(Datasets::defaults)
                .map(DatasetDefaults::palette);
        if (known.isPresent()) {
            return known.get();
        }
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            List<String> names =
                    Datasets.described().stream().map(DrawOptions::plain).toList();
            throw new ParameterException(
                    command.commandLine(),
                    "--palette: expected a file, or one of " + String.join(", ", names) + "; got '" + name + "'");
        }
        return PaletteFile.load(file);
    }

    /// `ADE20KDataset` as `ade20k`.
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("dataset", "").replace("pascalvoc", "voc");
    }
}
