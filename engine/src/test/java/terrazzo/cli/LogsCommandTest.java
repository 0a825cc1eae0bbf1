package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsCommandTest {

    private static final String ROWS = """
        {"lr": 0.01, "data_time": 0.5, "loss": 2.0, "time": 1.5, "iter": 50, "step": 50}
        {"lr": 0.009, "data_time": 0.5, "loss": NaN, "time": 2.5, "iter": 100, "step": 100}
        {"mIoU": 46.7, "step": 100}
        {"lr": 0.008, "data_time": 0.5, "loss": 1.0, "time": 3.5, "iter": 150, "step": 150}
        """;

    @TempDir
    private Path folder;

    private Shell shell = new Shell(Path.of(""));
    private String a = "";
    private String b = "";

    @BeforeEach
    void writeLogs() throws IOException {
        shell = new Shell(folder.resolve("home"));
        a = log("a", ROWS);
        b = log("b", ROWS.replace("46.7", "56.7"));
    }

    @Test
    void plotsSeveralRunsAsPng() throws IOException {
        Path out = folder.resolve("figure.png");
        Shell.Outcome outcome = shell.run("logs", "plot", a, b, "--keys", "loss", "mIoU", "--out", out.toString());
        assertEquals("wrote " + out + ": loss, mIoU of 2 runs\n", outcome.err());
        BufferedImage image = Objects.requireNonNull(ImageIO.read(out.toFile()));
        // two panels of 380 under 140 for titles, two dots each way
        assertEquals(1920, image.getWidth());
        assertEquals(1800, image.getHeight());
    }

    @Test
    void plotsAsSvgWithLegendAndTitle() throws IOException {
        Path out = folder.resolve("figure.svg");
        shell.run(
                "logs",
                "plot",
                a,
                b,
                "--keys",
                "mIoU",
                "--legend",
                "plain <1>",
                "augmented",
                "--title",
                "Scores",
                "--out",
                out.toString());
        String svg = Files.readString(out);
        assertTrue(svg.contains(">Scores</text>"), svg);
        assertTrue(svg.contains(">plain &lt;1&gt;</text>"), svg);
        assertTrue(svg.contains(">augmented</text>"), svg);
        assertTrue(svg.contains(">iteration</text>"), svg);
    }

    @Test
    void namesTheNearestKeysOfAKeyThatNoRunHas() {
        Shell.Outcome outcome = shell.run(
                "logs",
                "plot",
                a,
                "--keys",
                "los",
                "--out",
                folder.resolve("x.png").toString());
        assertEquals(1, outcome.code());
        assertEquals(
                "error: " + a + ": no values of 'los' — did you mean 'loss' or 'lr'? the log has lr, data_time, loss,"
                        + " time, mIoU\n",
                outcome.err());
    }

    @Test
    void drawsTheRunsThatHaveAKeyAndNamesTheOthers() throws IOException {
        String c = log("c", "{\"lr\": 0.01, \"loss\": 2.0, \"time\": 1.5, \"iter\": 50, \"step\": 50}\n");
        Path out = folder.resolve("x.png");
        Shell.Outcome outcome = shell.run("logs", "plot", a, c, "--out", out.toString());
        assertEquals(
                "warning: " + c + ": no values of 'mIoU' — the log has lr, loss, time\nwrote " + out
                        + ": mIoU of 2 runs\n",
                outcome.err());
    }

    @Test
    void refusesALegendOfAnotherLength() {
        Shell.Outcome outcome = shell.run(
                "logs",
                "plot",
                a,
                b,
                "--keys",
                "loss",
                "mIoU",
                "--legend",
                "x",
                "y",
                "z",
                "--out",
                folder.resolve("x.png").toString());
        assertEquals(2, outcome.code());
        assertTrue(
                outcome.err()
                        .startsWith(
                                "error: --legend: expected 2 names, one for each run, or 4, one for each key of each"
                                        + " run, got 3"),
                outcome.err());
    }

    @Test
    void saysThatALogDoesNotTellAnAxis() {
        Shell.Outcome outcome = shell.run(
                "logs",
                "plot",
                a,
                "--keys",
                "loss",
                "--x",
                "epoch",
                "--out",
                folder.resolve("x.png").toString());
        assertEquals(
                "error: --x epoch: expected logs that tell it, got none that does — use --x iteration\n",
                outcome.err());
    }

    @Test
    void writesOneTableOfAllRuns() {
        Shell.Outcome outcome = shell.run("logs", "csv", a, b, "--keys", "loss", "mIoU");
        assertEquals("""
            run,iter,epoch,seconds,time,loss,mIoU
            a,50,,75,,2,
            a,100,,200,,NaN,
            a,100,,200,,,46.7
            a,150,,375,,1,
            b,50,,75,,2,
            b,100,,200,,NaN,
            b,100,,200,,,56.7
            b,150,,375,,1,
            """, outcome.out());
    }

    @Test
    void averagesTimesWithoutTheFirst() {
        // of 1.5, 2.5, 3.5: mean of the last two 3.0, deviation 0.5; waits 1.5 of 7.5 s
        assertEquals("""
            run  rows  s/iter  deviation  median  data wait  slowest epoch  fastest epoch
            a       2  3.0000     0.5000  3.0000     20.0 %              -              -
            """, shell.run("logs", "average-time", a).out());
    }

    @Test
    void averagesTimesByEpoch() throws IOException {
        String log = log("e", """
            {"lr": 0.1, "loss": 2.0, "time": 9, "epoch": 1, "iter": 1, "step": 1}
            {"lr": 0.1, "loss": 2.0, "time": 1, "epoch": 1, "iter": 2, "step": 2}
            {"lr": 0.1, "loss": 2.0, "time": 9, "epoch": 2, "iter": 3, "step": 3}
            {"lr": 0.1, "loss": 2.0, "time": 2, "epoch": 2, "iter": 4, "step": 4}
            """);
        String out = shell.run("logs", "average-time", log).out();
        assertTrue(out.lines().toList().getLast().matches("\\S+\\s+2  1\\.5000 .*2: 2\\.0000 +1: 1\\.0000"), out);
    }

    private String log(String run, String rows) throws IOException {
        Path file = folder.resolve(run).resolve("vis_data").resolve("scalars.json");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, rows).toString();
    }
}
