package terrazzo.app.view;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands where nothing is yet: a picture, one sentence, one action.
public final class EmptyState extends VBox {

    public EmptyState(Ikon picture, ObservableValue<String> title, ObservableValue<String> hint, Node... actions) {
        super(Css.GAP);
        getStyleClass().add(Css.EMPTY);
        setAlignment(Pos.CENTER);
        FontIcon icon = new FontIcon(picture);
        icon.getStyleClass().add("empty-icon");
        Label name = new Label();
        name.getStyleClass().add(Css.EMPTY_TITLE);
        name.textProperty().bind(title);
        Label more = new Label();
        more.getStyleClass().add(Css.MUTED);
        more.setWrapText(true);
        more.setAlignment(Pos.CENTER); // a single line fills its label less than several do
        more.setTextAlignment(TextAlignment.CENTER);
        more.setMaxWidth(560);
        more.textProperty().bind(hint);
        getChildren().addAll(icon, name, more);
        getChildren().addAll(actions);
    }
}
