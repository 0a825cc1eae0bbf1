package terrazzo.app.workspace.charts;

import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.util.Callback;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.Tips;

/// One run: eye, colour, name, what sets it apart, and a way out.
final class RunCell extends ListCell<RunRow> {

    private static final PseudoClass UNSEEN = PseudoClass.getPseudoClass("unseen");

    private final Texts texts;
    private final ToggleButton eye = new ToggleButton();
    private final FontIcon eyeIcon = new FontIcon(Feather.EYE);
    private final Rectangle swatch = new Rectangle(12, 12);
    private final Label name = new Label();
    private final Label note = new Label();
    private final HBox row = new HBox(6);
    private final InvalidationListener refresh = _ -> show();
    private final Tooltip source = new Tooltip();
    private @Nullable RunRow followed;

    /// Makes the cells of one list. They share what they say of their buttons: a tooltip is a window.
    static Callback<ListView<RunRow>, ListCell<RunRow>> of(ChartsViewModel viewModel, Texts texts) {
        Tooltip removes = Tips.of(texts.bind("charts.run.remove"));
        return _ -> new RunCell(viewModel, texts, removes);
    }

    private RunCell(ChartsViewModel viewModel, Texts texts, Tooltip removes) {
        this.texts = texts;
        eye.setGraphic(eyeIcon);
        eye.getStyleClass().addAll("button-icon", "flat", "small", "row-toggle");
        eye.setOnAction(_ -> {
            RunRow item = getItem();
            if (item != null) {
                viewModel.toggle(item);
            }
        });
        swatch.getStyleClass().add("swatch");
        swatch.setArcWidth(4);
        swatch.setArcHeight(4);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setTooltip(source);
        name.setMinWidth(0);
        note.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        note.setMinWidth(0);
        note.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS); // the value of a setting is at its end
        note.setTooltip(source);
        VBox words = new VBox(name, note);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button remove = new Button(null, new FontIcon(Feather.X));
        remove.getStyleClass().addAll("button-icon", "flat", "small", "row-toggle");
        remove.accessibleTextProperty().bind(texts.bind("charts.run.remove"));
        remove.setTooltip(removes);
        remove.setOnAction(_ -> {
            RunRow item = getItem();
            if (item != null) {
                viewModel.remove(item);
            }
        });
        row.setAlignment(Pos.CENTER_LEFT);
        row.getChildren().addAll(eye, swatch, words, remove);
        setPrefWidth(0); // as wide as the list
    }

    @Override
    protected void updateItem(@Nullable RunRow item, boolean empty) {
        super.updateItem(item, empty);
        follow(empty ? null : item);
        setGraphic(followed == null ? null : row);
        show();
    }

    private void follow(@Nullable RunRow item) {
        RunRow before = followed;
        if (before != null) {
            before.nameProperty().removeListener(refresh);
            before.noteProperty().removeListener(refresh);
            before.rgbProperty().removeListener(refresh);
            before.visibleProperty().removeListener(refresh);
        }
        followed = item;
        if (item != null) {
            item.nameProperty().addListener(refresh);
            item.noteProperty().addListener(refresh);
            item.rgbProperty().addListener(refresh);
            item.visibleProperty().addListener(refresh);
        }
    }

    private void show() {
        RunRow item = followed;
        if (item == null) {
            return;
        }
        boolean isVisible = item.visibleProperty().get();
        eye.setSelected(isVisible);
        eye.setAccessibleText(
                texts.get("charts.run.visible", item.nameProperty().get()));
        eyeIcon.setIconCode(isVisible ? Feather.EYE : Feather.EYE_OFF);
        swatch.setFill(Color.web(String.format("#%06x", item.rgbProperty().get())));
        name.setText(item.nameProperty().get());
        source.setText(item.log().source() + "\n" + item.noteProperty().get());
        note.setText(item.noteProperty().get());
        row.pseudoClassStateChanged(UNSEEN, !isVisible);
    }
}
