package terrazzo.app.view;

import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.ListView;
import javafx.stage.Window;

/// Shows a list row by row, the first at once, the window answering in between. A row of several controls takes
/// milliseconds to build and to style, and a list view builds all that it has room for in one layout.
///
/// @param <T> what a row shows
public final class GradualItems<T> {

    private final ObservableList<T> all;
    private final ListView<T> view;
    private final ObservableList<T> shown = FXCollections.observableArrayList();

    /// Rows that exist, and are used again for other items.
    private int built;

    private boolean isAsked;

    private GradualItems(ObservableList<T> all, ListView<T> view) {
        this.all = all;
        this.view = view;
    }

    /// Lets `view` follow `all`.
    public static <T> void show(ObservableList<T> all, ListView<T> view) {
        GradualItems<T> items = new GradualItems<>(all, view);
        view.setItems(items.shown);
        all.addListener((ListChangeListener<T>) _ -> items.replace());
        view.sceneProperty().addListener((InvalidationListener) _ -> items.ask());
        items.replace();
    }

    private void replace() {
        shown.setAll(all.subList(0, Math.min(Math.max(built, 1), all.size())));
        ask();
    }

    private void ask() {
        if (!isAsked && shown.size() < all.size() && view.getScene() != null) {
            isAsked = true;
            Platform.runLater(this::grow);
        }
    }

    private void grow() {
        isAsked = false;
        if (view.getScene() == null || shown.size() >= all.size()) {
            return;
        }
        Window window = view.getScene().getWindow();
        if (window == null || !window.isShowing()) {
            shown.addAll(all.subList(shown.size(), all.size())); // nobody waits, and a closed window has no styles
            return;
        }
        shown.add(all.get(shown.size()));
        built = Math.max(built, shown.size());
        view.layout(); // now, or the next layout had all of them to do
        ask();
    }
}
