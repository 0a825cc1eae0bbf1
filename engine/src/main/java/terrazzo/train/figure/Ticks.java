package terrazzo.train.figure;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Chooses the round values at which an axis is marked, and writes them.
public final class Ticks {

    private static final double[] TIME_STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800
    };
    private static final double DAY = 86_400;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Ticks() {}

    /// A mark on an axis.
    ///
    /// @param label empty for a mark between others
    public record Tick(double value, String label) {}

    /// The marks of an axis, rising.
    ///
    /// @param most how many there is room for
    public static List<Tick> of(Axis axis, int most) {
        int count = Math.max(2, most);
        if (axis.scale() == Axis.Scale.LOG && axis.high() / axis.low() > 3) {
            return logarithmic(axis, count);
        }
        return switch (axis.unit()) {
            case NUMBER -> numbers(axis, count);
            case DURATION -> durations(axis, timeStep((axis.high() - axis.low()) / count));
            case DATE -> dates(axis, timeStep((axis.high() - axis.low()) / count));
        };
    }

    /// A value as it is read off the axis, with the digits that are worth reading.
    public static String text(double value, Axis.Unit unit) {
        return switch (unit) {
            case NUMBER -> number(value);
            case DURATION -> duration(value);
            case DATE -> MOMENT.format(at(value));
        };
    }

    /// Five digits, without a tail of zeros.
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) {
            return Long.toString((long) value);
        }
        if (size != 0 && (size < 1e-4 || size >= 1e9)) {
            return scientific(value, 3);
        }
        int digits = (int) Math.clamp(4 - Math.floor(Math.log10(size)), 0, 8);
        return withoutZeros(String.format(Locale.ROOT, "%." + digits + "f", value));
    }

    /// `45 s`, `12:30 min`, `3:05:00 h`, `2 d 3:05 h`.
    private static String duration(double seconds) {
        long all = Math.round(seconds);
        if (all < 60) {
            return (seconds < 10 ? withoutZeros(String.format(Locale.ROOT, "%.1f", seconds)) : all) + " s";
        }
        if (all < 3600) {
            return String.format(Locale.ROOT, "%d:%02d min", all / 60, all % 60);
        }
        String clock = String.format(Locale.ROOT, "%d:%02d h", all % 86_400 / 3600, all % 3600 / 60);
        return all < 86_400 ? clock : all / 86_400 + " d " + clock;
    }

    /// A low axis has room for two marks, of which the rounding of steps must not leave one.
    private static List<Tick> numbers(Axis axis, int count) {
        double step = roundStep((axis.high() - axis.low()) / count);
        List<Tick> ticks = numbers(axis, step);
        return ticks.size() < 2 ? numbers(axis, roundStep(step / 2.5)) : ticks;
    }

    private static List<Tick> numbers(Axis axis, double step) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        boolean isTiny = decimals > 4 && Math.max(Math.abs(axis.low()), Math.abs(axis.high())) < 0.01;
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(axis.low() / step - 1e-9); i * step <= axis.high() * (1 + 1e-12) + 1e-300; i++) {
            ticks.add(new Tick(i * step, isTiny ? tiny(i * step, decimals) : label(i * step, step, decimals)));
            if (ticks.size() > 100) {
                break; // beyond the precision of numbers
            }
        }
        return ticks;
    }

    private static String label(double value, double step, int decimals) {
        if (value == 0) {
            return "0";
        }
        if (step >= 1000 && step % 1000 == 0) {
            return step % 1_000_000 == 0
                    ? Math.round(value / 1e6) + "M"
                    : withoutZeros(String.format(Locale.ROOT, "%.3f", value / 1e3)) + "k";
        }
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// With as many digits as tell it from its neighbours.
    private static String tiny(double value, int decimals) {
        int digits = decimals + (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
        return value == 0 ? "0" : scientific(value, Math.max(2, digits));
    }

    private static List<Tick> durations(Axis axis, double step) {
        List<Tick> ticks = new ArrayList<>();
        for (double value = Math.ceil(axis.low() / step) * step; value <= axis.high(); value += step) {
            ticks.add(new Tick(value, value == 0 ? "0" : durationLabel(value, step)));
        }
        return ticks;
    }

    private static String durationLabel(double seconds, double step) {
        if (step < 1) {
            return withoutZeros(String.format(Locale.ROOT, "%.3f", seconds)) + " s";
        }
        long all = Math.round(seconds);
        if (step % DAY == 0) {
            return all / 86_400 + " d";
        }
        if (step % 3600 == 0) {
            return all / 3600 + " h";
        }
        if (all >= 3600) {
            return String.format(Locale.ROOT, "%d:%02d h", all / 3600, all % 3600 / 60);
        }
        if (step % 60 == 0) {
            return all / 60 + " min";
        }
        return all < 60 ? all + " s" : String.format(Locale.ROOT, "%d:%02d", all / 60, all % 60);
    }

    /// Clock times, with the date at midnight; at the first mark where no mark is one.
    private static List<Tick> dates(Axis axis, double step) {
        List<Tick> ticks = new ArrayList<>();
        boolean hasDate = false;
        double offset = ZoneId.systemDefault()
                .getRules()
                .getOffset(Instant.ofEpochSecond((long) axis.low()))
                .getTotalSeconds();
        double first = Math.ceil((axis.low() + offset) / step) * step - offset;
        for (double value = first; value <= axis.high(); value += step) {
            boolean isMidnight = (value + offset) % DAY == 0;
            DateTimeFormatter format = isMidnight ? DATE : step < 60 ? SECONDS : CLOCK;
            ticks.add(new Tick(value, format.format(at(value))));
            hasDate |= isMidnight;
        }
        if (!hasDate && !ticks.isEmpty()) {
            Tick one = ticks.getFirst();
            ticks.set(0, new Tick(one.value, DATE.format(at(one.value)) + " " + one.label));
        }
        return ticks;
    }

    private static List<Tick> logarithmic(Axis axis, int most) {
        double decades = Math.log10(axis.high() / axis.low());
        int every = (int) Math.max(1, Math.ceil(decades / most));
        boolean hasRoom = decades * 3 <= most;
        List<Tick> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(axis.low()));
                power <= Math.ceil(Math.log10(axis.high()));
                power++) {
            for (int digit = 1; digit <= 9; digit++) {
                double value = digit * Math.pow(10, power);
                if (value < axis.low() * (1 - 1e-9) || value > axis.high() * (1 + 1e-9)) {
                    continue;
                }
                boolean isNamed = digit == 1 ? Math.floorMod(power, every) == 0 : hasRoom && (digit == 2 || digit == 5);
                ticks.add(new Tick(value, isNamed ? logLabel(value, axis.unit()) : ""));
            }
        }
        return ticks;
    }

    private static String logLabel(double value, Axis.Unit unit) {
        return switch (unit) {
            case DURATION -> duration(value);
            case DATE -> DATE.format(at(value));
            case NUMBER -> {
                if (value >= 1e4 && value < 1e9) {
                    yield value >= 1e6 ? Math.round(value / 1e6) + "M" : Math.round(value / 1e3) + "k";
                }
                yield value >= 1e-4 * (1 - 1e-9) && value < 1e4
                        ? withoutZeros(String.format(Locale.ROOT, "%.4f", value))
                        : scientific(value, 1);
            }
        };
    }

    /// The smallest of 1, 2, 5 times a power of ten that is not below `step`.
    private static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= step * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static double timeStep(double step) {
        for (double round : TIME_STEPS) {
            if (round >= step) {
                return step < 1 ? roundStep(step) : round;
            }
        }
        return Math.ceil(step / DAY) * DAY;
    }

    private static ZonedDateTime at(double seconds) {
        return Instant.ofEpochSecond((long) Math.floor(seconds)).atZone(ZoneId.systemDefault());
    }

    /// `5e-5`, `1.25e-7`.
    private static String scientific(double value, int digits) {
        int power = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
        double factor = value / Math.pow(10, power);
        return withoutZeros(String.format(Locale.ROOT, "%." + digits + "f", factor)) + "e" + power;
    }

    private static String withoutZeros(String decimals) {
        return decimals.contains(".") ? decimals.replaceAll("\\.?0+$", "") : decimals;
    }
}
