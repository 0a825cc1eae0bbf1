package example;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import terrazzo.cli.Console;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.GeneratedPalette;

/// Prints the colours that classes without a palette get.
@Command(name = "palette", description = "Print the colours that N classes get when nothing else is known of them.")
final class PaletteCommand implements Runnable {

    private final Console console;

    @Parameters(paramLabel = "N", description = "how many classes")
    private int count;

    PaletteCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Palette palette = GeneratedPalette.of(count);
        for (int i = 0; i < count; i++) {
            console.out().println("%3d  #%06x".formatted(i, palette.rgb(i)));
        }
    }
}
