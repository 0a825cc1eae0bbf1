package terrazzo.app.notice;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import terrazzo.app.l10n.UserWords;

/// The messages on display, the newest last. UI thread only.
public final class Notices {

    private static final int SHOWN = 4;

    private final UserWords words;
    private final ObservableList<Notice> shown = FXCollections.observableArrayList();

    public Notices(UserWords words) {
        this.words = words;
    }

    public ObservableList<Notice> shown() {
        return shown;
    }

    public void show(Notice notice) {
        shown.removeIf(n -> n.equals(notice));
        if (shown.size() == SHOWN) {
            shown.removeFirst();
        }
        shown.add(notice);
    }

    /// Tells of a failure in the user's words.
    public void showFailure(Throwable failure) {
        UserWords.Words w = words.of(failure);
        show(new Notice(Notice.Kind.FAILURE, w.title(), w.text(), w.details(), null));
    }

    public void close(Notice notice) {
        shown.remove(notice);
    }
}
