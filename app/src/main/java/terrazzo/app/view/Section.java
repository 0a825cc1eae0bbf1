package terrazzo.app.view;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A titled part of a side panel.
public final class Section extends VBox {

    private final HBox head = new HBox(4);

    public Section(ObservableValue<String> title) {
        super(Css.GAP);
        getStyleClass().add(Css.SECTION);
        Label label = new Label();
        label.textProperty().bind(title);
        label.getStyleClass().add(Css.SECTION_TITLE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getChildren().addAll(label, gap);
        getChildren().add(head);
    }

    /// Puts small controls at the right of the title.
    public Section head(Node... nodes) {
        head.getChildren().addAll(nodes);
        return this;
    }

    public Section add(Node... nodes) {
        getChildren().addAll(nodes);
        return this;
    }
}
