package terrazzo.app.workspace.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Durations;

/// The numbers of a run in one line.
final class Figures {

    private Figures() {}

    static String of(RunStatus status, Texts texts) {
        List<String> parts = new ArrayList<>();
        if (status.maxIters() > 0) {
            parts.add(texts.get("train.figure.iter", status.iter(), status.maxIters()));
        }
        if (!Double.isNaN(status.loss())) {
            parts.add(texts.get("train.figure.loss", String.format(Locale.ROOT, "%.4f", status.loss())));
        }
        if (!Double.isNaN(status.lr())) {
            parts.add(texts.get("train.figure.rate", String.format(Locale.ROOT, "%.2e", status.lr())));
        }
        boolean isAtWork = status.state().isLive() && status.state() != RunStatus.State.PAUSED;
        if ((isAtWork || status.state() == RunStatus.State.FINISHED) && !Double.isNaN(status.imagesPerSecond())) {
            parts.add(texts.get("train.figure.speed", String.format(Locale.ROOT, "%.1f", status.imagesPerSecond())));
        }
        if (isAtWork && !Double.isNaN(status.secondsLeft())) {
            parts.add(texts.get("task.left", Durations.text(texts, status.secondsLeft())));
        }
        return String.join("   ·   ", parts);
    }
}
