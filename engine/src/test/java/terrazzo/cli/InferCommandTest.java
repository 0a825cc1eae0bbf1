package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.cli.Shell.Outcome;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.LabelCounts;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.images.PngRows;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.data.tiles.LargeImageFile;
import terrazzo.inference.Catalogues;
import terrazzo.inference.ModelRequest;
import terrazzo.inference.SegModel;
import terrazzo.inference.overlay.Overlay;
import terrazzo.inference.zoo.DefaultModel;

/// What `terrazzo infer` writes.
final class InferCommandTest {

    private static final Size SMALL = new Size(48, 64);

    /// 6.7 million pixels: a heap of 64 MB takes images of up to 2.8 million into memory.
    private static final Size LARGE = new Size(2400, 2800);

    private static final String HEAP = "-Xmx64m";

    @TempDir
    private Path home;

    private Shell shell = new Shell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    @Test
    void exportsTheSharesOfTheClasses() throws IOException {
        Path image = home.resolve("small.png");
        writeStripes(image, SMALL);
        Path overlay = home.resolve("drawn.png");

        Outcome outcome =
                shell.run("infer", image.toString(), "-o", overlay.toString(), "--save-mask", "--export", "shares");

        assertEquals("", outcome.err());
        assertEquals(ExitCode.OK, outcome.code());
        LabelMap labels = LabelMapFile.load(home.resolve("drawn_mask.png"));
        assertEquals(shares(labels), Files.readString(home.resolve("drawn.csv")));
        assertEquals("HOME/drawn.png\nHOME/drawn_mask.png\nHOME/drawn.csv\n" + largestFirst(labels), outcome.out());
        assertEquals(SMALL, ImageFile.load(overlay).size());
    }

    @Test
    void exportsUnderTheNamesThatTheUserGives() throws IOException {
        Path image = home.resolve("small.png");
        writeStripes(image, SMALL);

        shell.run(
                "infer",
                image.toString(),
                "-o",
                home.resolve("drawn.png").toString(),
                "--export",
                "shares",
                "--classes",
                "a,b,c,d,e,f,g,h,i,j,k");

        List<String> lines = Files.readAllLines(home.resolve("drawn.csv"));
        assertEquals(12, lines.size());
        assertTrue(lines.get(1).startsWith("0,a,"), lines.get(1));
        assertTrue(lines.get(11).startsWith("10,k,"), lines.get(11));
    }

    @Test
    void exportsEachImageOfAFolder() throws IOException {
        Path images = Files.createDirectories(home.resolve("images/deep"));
        writeStripes(images.resolve("one.png"), SMALL);
        writeStripes(images.resolveSibling("two.png"), new Size(32, 32));
        Path out = home.resolve("out");

        Outcome outcome = shell.run(
                "infer", home.resolve("images").toString(), "-o", out.toString(), "--save-mask", "--export", "shares");

        assertTrue(outcome.out().startsWith("2 of 2 images in "), outcome.out());
        assertEquals(
                List.of("deep/one.csv", "deep/one.png", "deep/one_mask.png", "two.csv", "two.png", "two_mask.png"),
                files(out));
        assertEquals(
                shares(LabelMapFile.load(out.resolve("deep/one_mask.png"))),
                Files.readString(out.resolve("deep/one.csv")));
        assertEquals(shares(LabelMapFile.load(out.resolve("two_mask.png"))), Files.readString(out.resolve("two.csv")));
    }

    @Test
    void namesTheFormatsThatThereAre() throws IOException {
        Path image = home.resolve("small.png");
        writeStripes(image, SMALL);

        Outcome outcome = shell.run("infer", image.toString(), "--export", "share");

        assertEquals("error: --export: expected one of shares, got 'share' — did you mean 'shares'?\n", outcome.err());
    }

    /// In a process of its own, whose heap can't hold the image.
    @Test
    void segmentsALargeImageByTiles() throws Exception {
        Path image = home.resolve("large.png");
        writeStripes(image, LARGE);
        Path out = home.resolve("out/large_seg.png");

        String said = run(image, out, "--save-mask", "--export", "shares");

        assertTrue(said.contains("large_seg_mask.png"), said);
        LabelMap expected = byTiles(image);
        assertArrayEquals(
                expected.asBytes(),
                LabelMapFile.load(home.resolve("out/large_seg_mask.png")).asBytes());
        assertEquals(shares(expected), Files.readString(home.resolve("out/large_seg.csv")));
        assertTrue(said.endsWith(largestFirst(expected)), said);
        Raster drawn = Overlay.of(palette(), 0.5).draw(ImageFile.load(image), expected);
        assertArrayEquals(drawn.asBgr(), ImageFile.load(out).asBgr());
        assertEquals(List.of(), files(home.resolve("cache/tiles")), "tiles are left");
    }

    @Test
    void saysBeforeTheModelLoadsWhatCantBeWrittenOfALargeImage() throws Exception {
        Path image = home.resolve("large.png");
        writeStripes(image, LARGE);
        Path out = home.resolve("large.jpg");

        assertEquals(
                "error: " + out + ": expected a name with .png for an image too large for memory, got 'large.jpg'\n",
                run(image, out));
        assertFalse(Files.exists(out));
    }

    private String run(Path image, Path out, String... more) throws Exception {
        ProcessBuilder builder =
                OwnJvm.running(Main.class, List.of(HEAP), "infer", image.toString(), "-o", out.toString());
        builder.command().addAll(List.of(more));
        builder.environment().put("TERRAZZO_HOME", home.toString());
        Path output = home.resolve("output.txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(240, TimeUnit.SECONDS), "the command did not end");
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private SegModel model() throws IOException {
        return SegModel.open(
                ModelRequest.of(DefaultModel.config(List.of()), DefaultModel.weights(home.resolve("cache"))),
                Catalogues.builtIn());
    }

    private Palette palette() throws IOException {
        try (SegModel model = model()) {
            return model.metainfo().palette();
        }
    }

    /// The labels that the studio finds.
    private LabelMap byTiles(Path image) throws IOException {
        Path scratch = home.resolve("scratch");
        LargeImageFile file = new LargeImageFile(image, LARGE);
        try (SegModel model = model();
                ImageTiles pixels = new ImageTiles(scratch, LARGE);
                LabelTiles labels = new LabelTiles(scratch, LARGE)) {
            file.read(pixels, Progress.NONE, new Cancellation(), () -> {});
            model.label(pixels, labels, Progress.NONE, new Cancellation());
            return labels.rows(0, LARGE.height()).labels();
        }
    }

    private String shares(LabelMap labels) throws IOException {
        LabelCounts counts = LabelCounts.of(labels);
        StringBuilder table = new StringBuilder("index,class,pixels,percent\n");
        List<String> classes = classes();
        for (int i = 0; i < classes.size(); i++) {
            table.append(String.format(
                    Locale.ROOT, "%d,%s,%d,%.4f\n", i, classes.get(i), counts.pixels(i), counts.percent(i)));
        }
        return table.toString();
    }

    private String largestFirst(LabelMap labels) throws IOException {
        LabelCounts counts = LabelCounts.of(labels);
        List<String> classes = classes();
        StringBuilder lines = new StringBuilder();
        Stream.iterate(0, i -> i + 1)
                .limit(classes.size())
                .filter(i -> counts.pixels(i) > 0)
                .sorted((a, b) -> Long.compare(counts.pixels(b), counts.pixels(a)))
                .forEach(i ->
                        lines.append(String.format(Locale.ROOT, "%6.2f %%  %s\n", counts.percent(i), classes.get(i))));
        return lines.toString();
    }

    private static List<String> classes() {
        return List.of(
                "sky",
                "building",
                "pole",
                "road",
                "pavement",
                "tree",
                "sign_symbol",
                "fence",
                "car",
                "pedestrian",
                "bicyclist");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static void writeStripes(Path file, Size size) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                PngRows rows = PngRows.colour(out, size)) {
            byte[] row = new byte[size.width() * 3];
            for (int y = 0; y < size.height(); y++) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (byte) (i / 3 / 20 + y / 30 * (1 + i % 3));
                }
                rows.row(row, 0);
            }
        }
    }
}
