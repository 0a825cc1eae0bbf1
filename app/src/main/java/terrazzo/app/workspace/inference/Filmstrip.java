package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import terrazzo.app.view.Css;

/// The images of a folder in a row; only those in sight are read.
final class Filmstrip extends ListView<Path> {

    private final Thumbnails thumbnails;

    /// Tells the whole name of the file that the pointer is over.
    private final Tooltip tip = new Tooltip();

    Filmstrip(InferenceViewModel viewModel, Thumbnails thumbnails) {
        super(viewModel.files().folder());
        this.thumbnails = thumbnails;
        setId("filmstrip");
        getStyleClass().add("filmstrip");
        setOrientation(Orientation.HORIZONTAL);
        setFixedCellSize(Thumbnails.WIDTH + 16.0);
        setPrefHeight(Thumbnails.HEIGHT + 60.0);
        setMinHeight(USE_PREF_SIZE);
        setCellFactory(_ -> new Cell());
        getSelectionModel().selectedIndexProperty().addListener((_, _, now) -> {
            if (now.intValue() >= 0
                    && now.intValue() != viewModel.files().positionProperty().get()) {
                viewModel.files().select(now.intValue());
            }
        });
        viewModel.files().positionProperty().addListener((_, _, now) -> {
            getSelectionModel().select(now.intValue());
            reveal();
        });
        // A list of another width keeps the share that it is scrolled by, not what is in sight.
        widthProperty().addListener(_ -> Platform.runLater(this::reveal));
        visibleProperty().bind(Bindings.size(viewModel.files().folder()).greaterThan(1));
        managedProperty().bind(visibleProperty());
    }

    /// Scrolls to the image that is shown, and two before it.
    private void reveal() {
        scrollTo(Math.max(0, getSelectionModel().getSelectedIndex() - 2));
    }

    private final class Cell extends ListCell<Path> {

        private final ImageView picture = new ImageView();
        private final Label name = new Label();
        private final VBox box;

        Cell() {
            picture.setFitWidth(Thumbnails.WIDTH);
            picture.setFitHeight(Thumbnails.HEIGHT);
            StackPane frame = new StackPane(picture);
            frame.setMinSize(Thumbnails.WIDTH, Thumbnails.HEIGHT);
            frame.setMaxSize(Thumbnails.WIDTH, Thumbnails.HEIGHT);
            frame.getStyleClass().add("thumbnail");
            name.getStyleClass().add(Css.MUTED);
            name.setMaxWidth(Thumbnails.WIDTH);
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            box = new VBox(4, frame, name);
            box.setAlignment(Pos.CENTER);
            setOnMouseEntered(_ -> tip.setText(name.getText()));
        }

        @Override
        protected void updateItem(@Nullable Path file, boolean empty) {
            super.updateItem(file, empty);
            box.setVisible(!empty && file != null); // to take it off and put it on again would style it anew
            setTooltip(empty ? null : tip);
            if (empty || file == null) {
                return;
            }
            name.setText(String.valueOf(file.getFileName()));
            Image image = thumbnails.get(file, made -> {
                if (file.equals(getItem())) {
                    picture.setImage(made);
                }
            });
            picture.setImage(image);
            if (getGraphic() == null) {
                setGraphic(box);
            }
        }
    }
}
