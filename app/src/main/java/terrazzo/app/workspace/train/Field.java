package terrazzo.app.workspace.train;

import java.util.Locale;

/// The options that people change; everything else is changed in the config's text.
enum Field {
    DATA_ROOT,
    CLASSES,
    CROP,
    BATCH,
    ITERATIONS,
    RATE,
    LOAD_FROM;

    /// Whether it names a file or a folder.
    boolean isFile() {
        return this == DATA_ROOT || this == LOAD_FROM;
    }

    /// The text that names it.
    String textKey() {
        return "train.field." + name().toLowerCase(Locale.ROOT);
    }

    /// The control's id.
    String id() {
        return "train-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
