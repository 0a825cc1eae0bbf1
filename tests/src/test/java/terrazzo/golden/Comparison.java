package terrazzo.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Figures held against the reference's: what differs, and how far the worst of them is off.
final class Comparison {

    private static final int NAMED = 4;

    private final String what;
    private final List<String> differences = new ArrayList<>();
    private int compared;
    private int unnamed;
    private double worst;

    /// @param what one of the figures, in singular
    Comparison(String what) {
        this.what = what;
    }

    /// Holds one figure against the reference's.
    ///
    /// @param name which one
    /// @param allowed how far apart the two may be
    void figure(String name, double expected, double got, double allowed) {
        compared++;
        double off = Math.abs(got - expected) / allowed;
        if (!(off <= worst)) { // not a number is worst of all
            worst = off;
        }
        if (!(off <= 1)) {
            String text = what + " " + name + ": expected " + expected + ", got " + got;
            if (differences.size() < NAMED) {
                differences.add(text);
            } else {
                unnamed++;
            }
        }
    }

    /// Notes what no figure says.
    void differs(String text) {
        worst = Double.POSITIVE_INFINITY;
        differences.add(text);
    }

    boolean isMet() {
        return differences.isEmpty();
    }

    /// The first differences and how many there are; empty when all is as it should be.
    List<String> differences() {
        List<String> lines = new ArrayList<>(differences);
        if (unnamed > 0) {
            lines.add("… " + (differences.size() + unnamed) + " of " + compared + " " + what + "s differ");
        }
        return lines;
    }

    /// How far the worst figure is off, as a part of what is allowed: 1 is at the limit.
    String worst() {
        return String.format(Locale.ROOT, "%.2g", worst);
    }
}
