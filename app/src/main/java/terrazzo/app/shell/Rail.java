package terrazzo.app.shell;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Texts;
import terrazzo.app.spi.Workspace;
import terrazzo.app.view.Css;

/// The workspaces as pictures with their names at the left edge; settings at the bottom.
final class Rail extends VBox {

    private final Texts texts;
    private final ObjectProperty<Workspace> current;

    Rail(Texts texts, List<Workspace> workspaces, ObjectProperty<Workspace> current) {
        this.texts = texts;
        this.current = current;
        getStyleClass().add(Css.RAIL);
        setAlignment(Pos.TOP_CENTER);
        Region gap = new Region();
        VBox.setVgrow(gap, Priority.ALWAYS);
        for (int i = 0; i < workspaces.size(); i++) {
            Workspace workspace = workspaces.get(i);
            if (workspace.id().equals(SettingsWorkspace.ID)) {
                getChildren().add(gap);
            }
            getChildren().add(button(workspace, i + 1));
        }
    }

    private ToggleButton button(Workspace workspace, int number) {
        ToggleButton button = new ToggleButton(null, new FontIcon(workspace.icon()));
        button.setId("rail-" + workspace.id());
        button.getStyleClass().add(Css.RAIL_BUTTON);
        button.setContentDisplay(ContentDisplay.TOP);
        button.setMaxWidth(Double.MAX_VALUE);
        button.textProperty().bind(texts.bind("workspace." + workspace.id()));
        Tooltip tooltip = new Tooltip();
        tooltip.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get("workspace." + workspace.id()) + "   Ctrl+" + number,
                        texts.languageProperty()));
        tooltip.setShowDelay(Duration.millis(400));
        button.setTooltip(tooltip);
        button.setSelected(workspace.equals(current.get()));
        current.addListener((_, _, now) -> button.setSelected(workspace.equals(now)));
        button.setOnAction(_ -> {
            current.set(workspace);
            button.setSelected(true);
        });
        return button;
    }
}
