package terrazzo.app.shell;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import terrazzo.app.action.ActionControls;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;

/// All keys at a glance, by menu, and what the canvas does with wheel and pointer.
final class ShortcutSheet extends VBox {

    /// The left column; with what the pointer does, the right one is about as long.
    private static final Set<ActionSpec.Group> LEFT =
            Set.of(ActionSpec.Group.FILE, ActionSpec.Group.EDIT, ActionSpec.Group.GO);

    private static final List<String> CANVAS = List.of("wheel", "pan", "tab", "quote", "leave");

    private final Texts texts;
    private final ScrollPane groups;

    ShortcutSheet(Texts texts, List<ActionSpec> actions) {
        this.texts = texts;
        getStyleClass().addAll(Css.CARD, "shortcut-sheet");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        Label title = new Label(texts.get("shortcuts.title"));
        title.getStyleClass().add(Css.SECTION_TITLE);
        VBox left = new VBox(Css.GROUP);
        VBox right = new VBox(Css.GROUP);
        byGroup(actions).forEach((group, members) -> {
            VBox column = LEFT.contains(group) ? left : right;
            column.getChildren().add(group(group, members));
        });
        right.getChildren().add(canvas());
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        groups = new ScrollPane(new HBox(3 * Css.GROUP, left, right)); // in small windows
        groups.setFitToWidth(true);
        groups.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        groups.getStyleClass().add("shortcut-groups");
        getChildren().addAll(title, groups);
    }

    /// Lets the keys scroll, in windows too small for all of it.
    void takeKeys() {
        groups.requestFocus();
    }

    private static Map<ActionSpec.Group, List<ActionSpec>> byGroup(List<ActionSpec> actions) {
        Map<ActionSpec.Group, List<ActionSpec>> byGroup = new EnumMap<>(ActionSpec.Group.class);
        for (ActionSpec.Group group : ActionSpec.Group.values()) {
            List<ActionSpec> members = actions.stream()
                    .filter(a -> a.group() == group && a.look().shortcut() != null)
                    .toList();
            if (!members.isEmpty()) {
                byGroup.put(group, members);
            }
        }
        return byGroup;
    }

    private GridPane group(ActionSpec.Group group, List<ActionSpec> members) {
        GridPane grid = grid(texts.get("menu." + group.name().toLowerCase(Locale.ROOT)));
        int row = 1;
        for (ActionSpec action : members) {
            if (action.look().shortcut() != null) {
                row(
                        grid,
                        row++,
                        texts.get(action.textKey()),
                        ActionControls.keyText(action.look().shortcut()));
            }
        }
        return grid;
    }

    private GridPane canvas() {
        GridPane grid = grid(texts.get("shortcuts.canvas"));
        int row = 1;
        for (String key : CANVAS) {
            row(grid, row++, texts.get("shortcuts.canvas." + key), texts.get("shortcuts.canvas." + key + ".keys"));
        }
        return grid;
    }

    private static GridPane grid(String name) {
        GridPane grid = new GridPane(Css.GROUP, 6);
        ColumnConstraints names = new ColumnConstraints(150, 220, Double.MAX_VALUE);
        names.setHgrow(Priority.ALWAYS);
        ColumnConstraints keys = new ColumnConstraints();
        keys.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(names, keys);
        Label title = new Label(name);
        title.getStyleClass().add(Css.MUTED);
        grid.add(title, 0, 0);
        return grid;
    }

    private static void row(GridPane grid, int row, String name, String keys) {
        Label cap = new Label(keys);
        cap.getStyleClass().add(Css.KEYCAP);
        cap.setMinWidth(Region.USE_PREF_SIZE);
        grid.add(new Label(name), 0, row);
        grid.add(cap, 1, row);
    }
}
