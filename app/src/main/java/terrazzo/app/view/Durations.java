package terrazzo.app.view;

import terrazzo.app.l10n.Texts;

/// Says how long something takes, no finer than one wants to know.
public final class Durations {

    private Durations() {}

    public static String text(Texts texts, double seconds) {
        long whole = Math.max(1, Math.round(seconds));
        if (whole < 60) {
            return texts.get("duration.seconds", whole);
        }
        if (whole < 3600) {
            return texts.get("duration.minutes", whole / 60, whole % 60);
        }
        return texts.get("duration.hours", whole / 3600, whole % 3600 / 60);
    }
}
