package terrazzo.app.notice;

import org.jspecify.annotations.Nullable;

/// One message.
///
/// @param kind what it is about
/// @param title one short sentence
/// @param text more, may be empty
/// @param details what can be unfolded and copied, may be empty
/// @param action what the user can do about it
public record Notice(
        Kind kind,
        String title,
        String text,
        String details,
        @Nullable Action action) {

    /// How serious it is; a failure stays until it is closed.
    public enum Kind {
        /// Something finished.
        DONE,
        /// Something to know.
        INFO,
        /// Something failed.
        FAILURE
    }

    /// @param label the button's word
    /// @param run on the UI thread
    public record Action(String label, Runnable run) {}

    public static Notice done(String title, String text) {
        return new Notice(Kind.DONE, title, text, "", null);
    }

    public static Notice info(String title, String text) {
        return new Notice(Kind.INFO, title, text, "", null);
    }

    public Notice withAction(String label, Runnable run) {
        return new Notice(kind, title, text, details, new Action(label, run));
    }
}
