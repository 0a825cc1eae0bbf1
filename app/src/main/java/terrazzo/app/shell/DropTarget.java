package terrazzo.app.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Texts;
import terrazzo.app.spi.Offer;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.app.view.Css;

/// Lies over the window while files hang over it: says what they would become and where, refuses what nothing
/// here can open, and opens what is dropped. Files are looked at on a thread of their own, once for each drag.
final class DropTarget extends StackPane {

    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private final StudioServices services;
    private final Supplier<List<Workspace>> workspaces;
    private final Predicate<List<Path>> open;
    private final FontIcon icon = new FontIcon(Feather.DOWNLOAD);
    private final Label what = new Label();
    private final Label where = new Label();
    private final HBox card;
    private List<Path> hanging = List.of();
    private boolean isRefused;

    /// @param workspaces in the order in which they are asked
    /// @param open opens files that were dropped, or tells that it can't
    DropTarget(StudioServices services, Supplier<List<Workspace>> workspaces, Predicate<List<Path>> open) {
        this.services = services;
        this.workspaces = workspaces;
        this.open = open;
        setId("drop-target");
        getStyleClass().add("drop-target");
        setMouseTransparent(true);
        setVisible(false);
        what.setId("drop-what");
        what.getStyleClass().add("toast-title");
        where.setId("drop-where");
        where.getStyleClass().add(Css.MUTED);
        card = new HBox(Css.PANEL_INSET, icon, new VBox(4, what, where));
        card.getStyleClass().add(Css.CARD);
        card.setAlignment(Pos.CENTER_LEFT);
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAlignment(card, Pos.TOP_CENTER); // in the middle an empty workspace has its own words
        getChildren().add(card);
    }

    /// @param window over which files may hang
    void listenTo(Node window) {
        window.addEventHandler(DragEvent.DRAG_OVER, e -> {
            if (e.getDragboard().hasFiles()) {
                if (!isVisible()) { // asking the other program for the names may take its time: once
                    hang(paths(e));
                }
                if (!isRefused) {
                    e.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
                }
                e.consume();
            }
        });
        window.addEventHandler(DragEvent.DRAG_EXITED, _ -> leave());
        window.addEventHandler(DragEvent.DRAG_DROPPED, e -> {
            leave();
            e.setDropCompleted(e.getDragboard().hasFiles() && open.test(paths(e)));
            e.consume();
        });
    }

    private static List<Path> paths(DragEvent event) {
        return event.getDragboard().getFiles().stream().map(File::toPath).toList();
    }

    private void hang(List<Path> files) {
        hanging = files;
        isRefused = false;
        pseudoClassStateChanged(REFUSED, false);
        card.setVisible(false); // until it is known what they are
        setVisible(true);
        List<Workspace> asked = workspaces.get();
        services.tasks()
                .submitQuietly(Lane.FILES, (_, _) -> answer(asked, files))
                .onDone(found -> {
                    if (isVisible() && files.equals(hanging)) {
                        found.ifPresentOrElse(this::welcome, this::refuse);
                    }
                });
    }

    private void leave() {
        hanging = List.of();
        setVisible(false);
    }

    /// What a workspace would open.
    private record Answer(Workspace workspace, List<Offer> offers) {}

    private static Optional<Answer> answer(List<Workspace> workspaces, List<Path> files) {
        return workspaces.stream()
                .map(w -> new Answer(w, w.offer(files)))
                .filter(answer -> !answer.offers.isEmpty())
                .findFirst();
    }

    private void welcome(Answer answer) {
        Texts texts = services.texts();
        String things = answer.offers.stream()
                .map(o -> texts.get(o.textKey(), o.count()))
                .collect(Collectors.joining(" + "));
        say(answer.workspace.icon(), texts.get("drop.open", things), texts.get("workspace." + answer.workspace.id()));
    }

    private void refuse() {
        isRefused = true;
        pseudoClassStateChanged(REFUSED, true);
        String first = String.valueOf(hanging.getFirst().getFileName());
        say(Feather.SLASH, services.texts().get("drop.unknown"), hanging.size() > 1 ? first + " …" : first);
    }

    private void say(Ikon picture, String title, String detail) {
        icon.setIconCode(picture);
        what.setText(title);
        where.setText(detail);
        card.setVisible(true);
    }
}
