package terrazzo.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import terrazzo.core.Progress;

/// Shows how far work has come, with rate and time left: one line that is drawn again and again on a terminal, a line
/// now and then where output is kept. Writes to the console's `err` only. For one thread at a time.
public final class ProgressBar implements Progress, AutoCloseable {

    private static final double SECOND = 1e9;
    private static final long REDRAW_NANOS = 100_000_000; // ten times a second
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final long LEAST_LINE_NANOS = 1_000_000_000;
    private static final int BAR_WIDTH = 24;

    private final Console console;
    private final String what;
    private final LongSupplier clock;
    private final long start;
    private long shownAt;
    private long shownTenth;
    private long shownDone = -1;
    private long done;
    private long total = -1;
    private boolean drawn;

    /// @param what is counted, in the plural
    /// @param clock nanoseconds that only go up
    ProgressBar(Console console, String what, LongSupplier clock) {
        this.console = console;
        this.what = what;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.shownAt = console.isTerminal() ? start - REDRAW_NANOS : start;
    }

    @Override
    public synchronized void at(long nowDone, long nowTotal, String unit) {
        done = nowDone;
        total = nowTotal;
        long now = clock.getAsLong();
        if (console.isTerminal()) {
            if (now - shownAt >= REDRAW_NANOS || done == total) {
                draw(now, unit);
            }
        } else {
            long tenth = total > 0 ? done * 10 / total : 0;
            boolean due = now - shownAt >= LINE_NANOS || (tenth > shownTenth && now - shownAt >= LEAST_LINE_NANOS);
            if (due && done != total) {
                line(now);
            }
        }
    }

    /// Ends with the last state; nothing is written for work that never began.
    @Override
    public synchronized void close() {
        if (total == -1 && done == 0) {
            return;
        }
        if (console.isTerminal()) {
            draw(clock.getAsLong(), "");
            console.err().println();
            console.err().flush();
            drawn = false;
        } else if (shownDone != done) {
            line(clock.getAsLong());
        }
    }

    /// Makes room for a line of text; the bar comes back at the next step.
    synchronized void clear() {
        if (drawn) {
            console.err().print("\r\u001b[K");
            drawn = false;
            shownAt = clock.getAsLong() - REDRAW_NANOS;
        }
    }

    private void draw(long now, String unit) {
        String bar = total > 0 ? bar((double) done / total) + " " : "";
        String text = state(now) + (unit.isEmpty() ? "" : "  " + unit);
        int room = Math.max(0, console.width() - 1 - (bar.isEmpty() ? 0 : BAR_WIDTH + 3));
        PrintWriter err = console.err();
        err.print("\r" + bar + (text.length() > room ? text.substring(0, room) : text) + "\u001b[K");
        err.flush();
        drawn = true;
        shownAt = now;
    }

    private void line(long now) {
        console.err().println(state(now));
        console.err().flush();
        shownAt = now;
        shownDone = done;
        shownTenth = total > 0 ? done * 10 / total : 0;
    }

    private String bar(double part) {
        int full = (int) Math.floor(Math.clamp(part, 0, 1) * BAR_WIDTH);
        String filled = "#".repeat(full);
        String green = console.isStyled() ? "\u001b[32m" + filled + "\u001b[0m" : filled;
        return "[" + green + "-".repeat(BAR_WIDTH - full) + "]";
    }

    /// `12 of 48 images, 25 %, 3.1 images/s, 12 s left`; at the end the time it took instead of the time left.
    private String state(long now) {
        double seconds = (now - start) / SECOND;
        double rate = seconds > 0 ? done / seconds : 0;
        StringBuilder text = new StringBuilder();
        text.append(count(done))
                .append(total >= 0 ? " of " + count(total) : "")
                .append(' ')
                .append(what);
        if (total > 0) {
            text.append(", ").append(done * 100 / total).append(" %");
        }
        if (rate > 0) {
            String format = rate < 10 ? ", %.2f %s/s" : ", %.0f %s/s";
            text.append(String.format(Locale.ROOT, format, rate, what));
        }
        if (done == total || total < 0) {
            text.append(", ").append(duration(seconds));
        } else if (rate > 0) {
            text.append(", ").append(duration((total - done) / rate)).append(" left");
        }
        return text.toString();
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /// `3.4 s`, `48 s`, `2:05 min`, `3:10 h`.
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }
}
