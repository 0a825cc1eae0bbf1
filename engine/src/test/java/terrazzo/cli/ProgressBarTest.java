package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressBarTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private long nanos;

    private Console console(boolean terminal, Map<String, String> environment) {
        return new Console(new PrintWriter(out), new PrintWriter(err), environment, terminal);
    }

    private ProgressBar bar(Console console) {
        return new ProgressBar(console, "images", () -> nanos);
    }

    private void seconds(double passed) {
        nanos += Math.round(passed * 1e9);
    }

    private String text() {
        assertEquals("", out.toString());
        return err.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void writesALineForEachTenthWhereOutputIsKept() {
        try (ProgressBar bar = bar(console(false, Map.of()))) {
            for (int i = 1; i <= 40; i++) {
                seconds(0.5);
                bar.at(i, 40, "a.png");
            }
        }

        // 2 images/s; the tenths are at 4, 8, 12, … of 40
        String[] lines = text().split("\n", -1);
        assertEquals("4 of 40 images, 10 %, 2.00 images/s, 18 s left", lines[0]);
        assertEquals("8 of 40 images, 20 %, 2.00 images/s, 16 s left", lines[1]);
        assertEquals("40 of 40 images, 100 %, 2.00 images/s, 20 s", lines[9]);
        assertEquals(11, lines.length); // the last is empty
    }

    @Test
    void writesALineEveryTenSecondsForSlowWork() {
        try (ProgressBar bar = bar(console(false, Map.of()))) {
            for (int i = 1; i <= 3; i++) {
                seconds(6);
                bar.at(i, 1000, "");
            }
        }

        // 998 left at 2 in 12 s are 5,988 s
        assertEquals("""
            2 of 1,000 images, 0 %, 0.17 images/s, 1:39 h left
            3 of 1,000 images, 0 %, 0.17 images/s, 1:39 h left
            """, text());
    }

    @Test
    void countsWithoutKnowingTheEnd() {
        try (ProgressBar bar = bar(console(false, Map.of()))) {
            seconds(12);
            bar.at(240, -1, "");
        }

        assertEquals("240 images, 20 images/s, 12 s\n", text());
    }

    @Test
    void drawsOneLineOnATerminal() {
        try (ProgressBar bar = bar(console(true, Map.of("NO_COLOR", "1", "COLUMNS", "100")))) {
            seconds(1);
            bar.at(1, 4, "a.png");
            seconds(0.05); // too soon to draw again
            bar.at(2, 4, "b.png");
            seconds(2.95);
            bar.at(4, 4, "c.png");
        }

        String last = "\r[########################] 4 of 4 images, 100 %, 1.00 images/s, 4.0 s";
        assertEquals(
                "\r[######------------------] 1 of 4 images, 25 %, 1.00 images/s, 3.0 s left  a.png\u001b[K" + last
                        + "  c.png\u001b[K" + last + "\u001b[K\n",
                text());
    }

    @Test
    void coloursTheBarUnlessToldNotTo() {
        ProgressBar bar = bar(console(true, Map.of()));
        seconds(1);
        bar.at(0, 4, "");

        assertEquals("\r[\u001b[32m\u001b[0m------------------------] 0 of 4 images, 0 %\u001b[K", text());
    }

    @Test
    void writesPlainLinesOnADumbTerminal() {
        try (ProgressBar bar = bar(console(true, Map.of("TERM", "dumb")))) {
            seconds(2);
            bar.at(1, 1, "");
        }

        assertEquals("1 of 1 images, 100 %, 0.50 images/s, 2.0 s\n", text());
    }

    @Test
    void cutsLinesToTheTerminal() {
        ProgressBar bar = bar(console(true, Map.of("NO_COLOR", "1", "COLUMNS", "50")));
        seconds(1);
        bar.at(1, 4, "a/very/long/name.png");

        assertEquals("\r[######------------------] 1 of 4 images, 25 %, 1\u001b[K", text()); // 49 columns
    }

    @Test
    void makesRoomForWarnings() {
        Console console = console(true, Map.of("NO_COLOR", "1", "COLUMNS", "50"));
        ProgressBar bar = console.progress("images");
        bar.at(0, 4, "");
        console.warn("a.png has no colours");

        assertEquals(
                "\r[------------------------] 0 of 4 images, 0 %\u001b[K\r\u001b[Kwarning: a.png has no colours\n",
                text());
    }

    @Test
    void isSilentWhenNothingBegan() {
        bar(console(true, Map.of())).close();

        assertEquals("", text());
    }

    @ParameterizedTest
    @CsvSource({
        "0.04, 0.0 s",
        "9.4, 9.4 s",
        "9.6, 10 s",
        "59.4, 59 s",
        "59.6, 1:00 min",
        "3599, 59:59 min",
        "7320, 2:02 h"
    })
    void wordsDurations(double seconds, String text) {
        assertEquals(text, ProgressBar.duration(seconds));
    }
}
