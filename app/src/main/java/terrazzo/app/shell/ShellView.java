package terrazzo.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.action.ActionControls;
import terrazzo.app.action.ActionList;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.l10n.Texts;
import terrazzo.app.notice.Notice;
import terrazzo.app.notice.Notices;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.app.view.Css;
import terrazzo.app.view.Tips;

/// The content of the window: rail at the left, the workspace in front, the status bar below; palette, key sheet and
/// messages above them.
public final class ShellView extends StackPane {

    private final Texts texts;
    private final Notices notices;
    private final List<Workspace> workspaces;
    private final ActionList actions;
    private final ActionControls controls;
    private final ObjectProperty<Workspace> current;
    private final BorderPane frame = new BorderPane();
    private final StackPane room = new StackPane();
    private final StackPane overlay = new StackPane();
    private final StatusBar status;
    private final CommandPalette palette;
    private final Toasts toasts;
    private @Nullable Node focusBefore;

    /// @param workspaces in the rail's order, at least one
    /// @param actions gets the shell's own added
    public ShellView(StudioServices services, List<Workspace> workspaces, ActionList actions) {
        this.texts = services.texts();
        this.notices = services.notices();
        this.workspaces = List.copyOf(workspaces);
        this.actions = actions;
        this.controls = new ActionControls(texts);
        this.current = new SimpleObjectProperty<>(workspaces.getFirst());
        this.status = new StatusBar(texts, new TaskIndicator(texts, services.tasks()));
        this.palette = new CommandPalette(texts, this.actions::all, this::closeOverlay);
        getStyleClass().add(Css.ROOT);
        actions.shell().addAll(shellActions());
        VBox left = new VBox(menuButton(), rail());
        left.getStyleClass().add("rail-column");
        frame.setLeft(left);
        frame.setCenter(room);
        frame.setBottom(status);
        room.setMinSize(0, 0);
        overlay.getStyleClass().add(Css.OVERLAY);
        overlay.setVisible(false);
        overlay.addEventHandler(MouseEvent.MOUSE_PRESSED, e -> {
            if (overlay.equals(e.getTarget())) {
                closeOverlay();
            }
        });
        this.toasts = new Toasts(texts, services.notices());
        StackPane.setAlignment(toasts, Pos.BOTTOM_RIGHT);
        DropTarget drops = new DropTarget(services, this::inOrder, this::open);
        drops.listenTo(this);
        getChildren().addAll(frame, overlay, toasts, drops);
        current.addListener(_ -> showCurrent());
        showCurrent();
        listenToKeys();
    }

    public ObjectProperty<Workspace> currentProperty() {
        return current;
    }

    /// Opens files in the workspace in front, or in the first that knows what they are; says so when none
    /// does.
    public boolean open(List<Path> files) {
        for (Workspace workspace : inOrder()) {
            if (workspace.open(files)) {
                current.set(workspace);
                return true;
            }
        }
        if (!files.isEmpty()) {
            notices.show(Notice.info(texts.get("drop.unknown"), files.getFirst().toString()));
        }
        return false;
    }

    /// As they are asked for files: the one in front first.
    private List<Workspace> inOrder() {
        Workspace front = current.get();
        return Stream.concat(Stream.of(front), workspaces.stream().filter(w -> !w.equals(front)))
                .toList();
    }

    /// Shows the palette.
    public void showPalette() {
        showOverlay(palette, Pos.TOP_CENTER);
        palette.reset();
    }

    /// Lets go of timers; the window is closing.
    public void stop() {
        status.stop();
        toasts.stop();
    }

    private List<ActionSpec> shellActions() {
        Stream<ActionSpec> go = IntStream.range(0, workspaces.size()).mapToObj(i -> {
            Workspace workspace = workspaces.get(i);
            ActionSpec action = ActionSpec.of("go." + workspace.id(), ActionSpec.Group.GO, () -> current.set(workspace))
                    .icon(workspace.icon());
            return i < 9 ? action.key(KeyCode.valueOf("DIGIT" + (i + 1)), KeyCombination.SHORTCUT_DOWN) : action;
        });
        Stream<ActionSpec> own = Stream.of(
                ActionSpec.of("palette", ActionSpec.Group.HELP, this::showPalette)
                        .icon(Feather.COMMAND)
                        .key(KeyCode.K, KeyCombination.SHORTCUT_DOWN),
                ActionSpec.of("shortcuts", ActionSpec.Group.HELP, this::showShortcuts)
                        .icon(Feather.HELP_CIRCLE)
                        .key(KeyCode.SLASH, KeyCombination.SHIFT_DOWN));
        return Stream.of(new UndoActions(current).all().stream(), go, own)
                .flatMap(each -> each)
                .toList();
    }

    private Rail rail() {
        Rail rail = new Rail(texts, workspaces, current);
        VBox.setVgrow(rail, Priority.ALWAYS);
        return rail;
    }

    private Button menuButton() {
        Button button = new Button(null, new FontIcon(Feather.MENU));
        button.setId("menu");
        button.getStyleClass().addAll("button-icon", "flat", "menu-toggle");
        button.accessibleTextProperty().bind(texts.bind("menu.title"));
        button.setTooltip(Tips.of(texts.bind("menu.title")));
        button.setOnAction(_ -> {
            ContextMenu menu = new ContextMenu();
            menu.getItems().addAll(controls.menus(actions.all()));
            menu.show(button, Side.BOTTOM, 0, 0);
        });
        return button;
    }

    private void showCurrent() {
        Workspace workspace = current.get();
        room.getChildren().setAll(workspace.view());
        status.show(workspace.status());
        actions.workspace().setAll(workspace.actions());
    }

    private void showShortcuts() {
        ShortcutSheet sheet = new ShortcutSheet(texts, actions.all());
        showOverlay(sheet, Pos.CENTER);
        sheet.takeKeys();
    }

    private void showOverlay(Region card, Pos place) {
        if (!overlay.isVisible()) {
            focusBefore = getScene().getFocusOwner();
        }
        overlay.getChildren().setAll(card);
        StackPane.setAlignment(card, place);
        overlay.setVisible(true);
    }

    private void closeOverlay() {
        overlay.setVisible(false);
        overlay.getChildren().clear();
        Node before = focusBefore;
        if (before != null) {
            before.requestFocus();
        }
        focusBefore = null;
    }

    private void listenToKeys() {
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (overlay.isVisible() && e.getCode() == KeyCode.ESCAPE) {
                closeOverlay();
                e.consume();
            } else if (e.getCode() == KeyCode.TAB && e.isShortcutDown()) {
                leave(e);
            } else if (!overlay.isVisible()) {
                Node owner = getScene().getFocusOwner();
                actions.handle(e, owner == null ? this : owner);
            }
        });
    }

    /// To the next control, also from where Tab alone means something else: the image.
    private void leave(KeyEvent event) {
        Node owner = getScene().getFocusOwner();
        if (owner != null) {
            owner.requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
            event.consume();
        }
    }
}
