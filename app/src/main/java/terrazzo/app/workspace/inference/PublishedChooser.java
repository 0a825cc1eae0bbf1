package terrazzo.app.workspace.inference;

import atlantafx.base.controls.Popover;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;

/// Finds a published model by words of its name and gets its weights: from the network, or, for those without one, from
/// a file that the user has.
final class PublishedChooser {

    private static final double WIDTH = 460;
    private static final double HEIGHT = 320;

    private final ModelSlot model;
    private final Supplier<Optional<Path>> chooseFile;
    private final Texts texts;
    private final ObservableList<String> names = FXCollections.observableArrayList();
    private final FilteredList<String> wanted = new FilteredList<>(names);
    private final ListView<String> list = new ListView<>(wanted);

    /// @param chooseFile asks the user for a checkpoint
    PublishedChooser(ModelSlot model, Supplier<Optional<Path>> chooseFile, Texts texts) {
        this.model = model;
        this.chooseFile = chooseFile;
        this.texts = texts;
        list.setId("published-models");
        list.setPrefSize(WIDTH, HEIGHT);
    }

    /// Opens beside `owner`.
    void show(Node owner) {
        if (names.isEmpty()) {
            model.published(names::setAll);
        }
        Popover over = new Popover();
        over.setArrowLocation(Popover.ArrowLocation.RIGHT_TOP);
        over.setAnimated(false);
        over.setTitle(texts.get("inference.published"));
        over.setContentNode(content(over));
        over.show(owner);
    }

    /// What the window shows.
    Node content(Popover over) {
        Label note = new Label(texts.get("inference.published.licence"));
        note.getStyleClass().add(Css.MUTED);
        note.setWrapText(true);
        note.setMaxWidth(WIDTH);
        VBox content = new VBox(Css.GAP, filter(), list, note, buttons(over));
        content.setPadding(new Insets(Css.PANEL_INSET));
        return content;
    }

    private Node filter() {
        TextField words = new TextField();
        words.setId("published-filter");
        words.setPromptText(texts.get("inference.published.filter"));
        words.textProperty().addListener((_, _, text) -> {
            String[] all = text.toLowerCase(Locale.ROOT).strip().split("\\s+");
            wanted.setPredicate(name -> Arrays.stream(all).allMatch(name::contains));
        });
        return words;
    }

    private Node buttons(Popover over) {
        BooleanBinding none = list.getSelectionModel().selectedItemProperty().isNull();
        Button download = new Button(texts.get("inference.published.download"));
        download.setId("published-download");
        download.setDefaultButton(true);
        download.disableProperty().bind(none);
        download.setOnAction(_ -> {
            model.fetch(list.getSelectionModel().getSelectedItem());
            over.hide();
        });
        Button have = new Button(texts.get("inference.published.have"));
        have.setId("published-have");
        have.disableProperty().bind(none);
        have.setOnAction(_ -> chooseFile.get().ifPresent(file -> {
            model.add(list.getSelectionModel().getSelectedItem(), file);
            over.hide();
        }));
        return new HBox(Css.GAP, download, have);
    }
}
