package terrazzo.train.logs;

import java.util.Locale;

/// Which way a figure gets better, judged by its key.
public enum Better {
    /// Scores: IoU, accuracy, Dice.
    HIGHER,
    /// Losses, errors and times.
    LOWER,
    /// Settings and counts, such as the learning rate.
    NEITHER;

    /// Judges `decode.loss_ce`, `mIoU`, `IoU.road`, `lr` and the like.
    public static Better of(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.contains("loss") || name.contains("error") || name.endsWith("time")) {
            return LOWER;
        }
        boolean isScore = name.contains("iou")
                || name.contains("acc")
                || name.contains("dice")
                || name.contains("score")
                || name.contains("precision")
                || name.contains("recall")
                || name.endsWith("map");
        return isScore ? HIGHER : NEITHER;
    }
}
