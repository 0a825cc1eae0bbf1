package terrazzo.app.view;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The line above a workspace: its title, what is open, then, at the right, the main action and view options.
public final class WorkspaceBar extends HBox {

    private final HBox left = new HBox(Css.GAP);
    private final HBox right = new HBox(Css.GAP);

    public WorkspaceBar(Label title) {
        super(Css.GROUP);
        getStyleClass().add(Css.BAR);
        setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add(Css.BAR_TITLE);
        title.setMinWidth(Region.USE_PREF_SIZE);
        left.setAlignment(Pos.CENTER_LEFT);
        left.setMinWidth(0);
        HBox.setHgrow(left, Priority.ALWAYS);
        right.setAlignment(Pos.CENTER_RIGHT);
        right.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(title, left, right);
    }

    public WorkspaceBar left(Node... nodes) {
        left.getChildren().addAll(nodes);
        return this;
    }

    public WorkspaceBar right(Node... nodes) {
        right.getChildren().addAll(nodes);
        return this;
    }
}
