package terrazzo.app.workspace.train;

import javafx.geometry.Insets;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;

/// The log of the run that is watched. It follows the end, unless somebody reads further up or has selected
/// something.
final class ConsolePane extends BorderPane {

    /// Of the way down that counts as the end.
    private static final double END = 0.999;

    private final TrainViewModel viewModel;
    private final TextArea console = new TextArea();

    ConsolePane(TrainViewModel viewModel, Texts texts) {
        this.viewModel = viewModel;
        setPadding(new Insets(Css.PANEL_INSET));
        console.setId("train-console");
        console.setEditable(false);
        console.getStyleClass().add("train-text");
        console.accessibleTextProperty().bind(texts.bind("train.tab.console"));
        console.promptTextProperty().bind(texts.bind("train.console.none"));
        setCenter(console);
        viewModel.selectedProperty().addListener((_, _, _) -> console.clear()); // nothing is watched by then
        viewModel.watchedProperty().addListener(_ -> follow());
        console.scrollTopProperty().addListener(_ -> follow());
        console.selectionProperty().addListener(_ -> follow());
    }

    private void follow() {
        String now = viewModel.watchedProperty().get().console();
        if (!now.equals(console.getText()) && isFollowed()) {
            console.setText(now);
            console.positionCaret(now.length());
            console.setScrollTop(Double.MAX_VALUE);
        }
    }

    private boolean isFollowed() {
        boolean isAtEnd = !(console.lookup(".scroll-pane") instanceof ScrollPane pane)
                || pane.getContent().getBoundsInLocal().getHeight()
                        <= pane.getViewportBounds().getHeight()
                || pane.getVvalue() >= END * pane.getVmax();
        return console.getText().isEmpty() || (isAtEnd && console.getSelection().getLength() == 0);
    }
}
