package terrazzo.app.workspace.train;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.workspace.train.Draft.Problem;

/// The config as text, with what is wrong with it below; a click goes to the line.
final class ConfigPane extends BorderPane {

    private final TextArea editor = new TextArea();

    ConfigPane(Draft draft, Texts texts) {
        setPadding(new Insets(Css.PANEL_INSET));
        editor.setId("train-config-text");
        editor.getStyleClass().add("train-text");
        editor.accessibleTextProperty().bind(texts.bind("train.tab.config"));
        editor.textProperty().bindBidirectional(draft.textProperty());
        Hyperlink fault = new Hyperlink();
        fault.setId("train-problem");
        fault.setWrapText(true);
        fault.getStyleClass().add("failure-text");
        fault.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> draft.problemProperty()
                                .get()
                                .map(p -> p.text(texts))
                                .orElse(""),
                        draft.problemProperty(),
                        texts.languageProperty()));
        fault.visibleProperty().bind(fault.textProperty().isNotEmpty());
        fault.managedProperty().bind(fault.visibleProperty());
        fault.setOnAction(_ -> draft.problemProperty().get().ifPresent(this::goTo));
        setCenter(editor);
        setBottom(fault);
        setMargin(fault, new Insets(Css.GAP, 0, 0, 0));
    }

    private void goTo(Problem problem) {
        int at = 0;
        String text = Optional.ofNullable(editor.getText()).orElse("");
        for (int line = 1; line < problem.line() && at >= 0; line++) {
            at = text.indexOf('\n', at) + 1;
        }
        int end = text.indexOf('\n', at);
        editor.requestFocus();
        editor.selectRange(at, end < 0 ? text.length() : end);
    }
}
