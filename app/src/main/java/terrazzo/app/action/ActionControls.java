package terrazzo.app.action;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import javafx.util.Duration;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Tips;

/// Makes buttons and menus of actions.
public final class ActionControls {

    private static final Duration TIP_DELAY = Duration.millis(400);

    private final Texts texts;

    public ActionControls(Texts texts) {
        this.texts = texts;
    }

    /// A button with the action's icon only; the tooltip names it.
    public ButtonBase iconButton(ActionSpec action) {
        ButtonBase button = plain(action);
        button.getStyleClass().addAll("button-icon", "flat");
        button.accessibleTextProperty().bind(texts.bind(action.textKey()));
        return button;
    }

    /// A button with icon and word.
    public ButtonBase button(ActionSpec action) {
        ButtonBase button = plain(action);
        button.textProperty().bind(texts.bind(action.textKey()));
        return button;
    }

    /// Menus by group, in the groups' order, each action once.
    public List<Menu> menus(List<ActionSpec> actions) {
        Map<ActionSpec.Group, Menu> menuByGroup = new EnumMap<>(ActionSpec.Group.class);
        for (ActionSpec action : actions) {
            menuByGroup.computeIfAbsent(action.group(), this::menu).getItems().add(menuItem(action));
        }
        return List.copyOf(menuByGroup.values());
    }

    public MenuItem menuItem(ActionSpec action) {
        var selected = action.effect().selected();
        MenuItem item;
        if (selected == null) {
            item = new MenuItem();
        } else {
            CheckMenuItem check = new CheckMenuItem();
            check.setSelected(selected.get());
            // The item flips itself when chosen; the action's state is what counts.
            selected.addListener((_, _, now) -> check.setSelected(now));
            item = check;
        }
        item.textProperty().bind(name(action));
        // Shown, not installed: keys are handled by ActionList, which knows when a text field has the focus.
        KeyCombination keys = action.look().shortcut();
        if (keys != null) {
            item.setAccelerator(keys);
        }
        item.disableProperty().bind(Bindings.not(action.effect().enabled()));
        item.setOnAction(_ -> action.perform());
        return item;
    }

    private StringBinding name(ActionSpec action) {
        return Bindings.createStringBinding(
                () -> {
                    String detail = action.look().detail().getValue();
                    String name = texts.get(action.textKey());
                    return detail == null || detail.isEmpty() ? name : name + " " + texts.get(detail);
                },
                texts.languageProperty(),
                action.look().detail());
    }

    /// The name and the key of an action, for tooltips.
    public StringBinding tip(ActionSpec action) {
        return Bindings.createStringBinding(
                () -> {
                    String name = texts.get(action.textKey());
                    KeyCombination keys = action.look().shortcut();
                    return keys == null ? name : name + "   " + keyText(keys);
                },
                texts.languageProperty());
    }

    /// A key as it is printed on keyboards.
    public static String keyText(KeyCombination keys) {
        String text = keys.getDisplayText();
        return "Shift+/".equals(text) || "Shift+Slash".equals(text) ? "?" : text;
    }

    public static FontIcon icon(Ikon ikon) {
        return new FontIcon(ikon);
    }

    private Menu menu(ActionSpec.Group group) {
        Menu menu = new Menu();
        menu.textProperty().bind(texts.bind("menu." + group.name().toLowerCase(Locale.ROOT)));
        return menu;
    }

    private ButtonBase plain(ActionSpec action) {
        var selected = action.effect().selected();
        ButtonBase button;
        if (selected == null) {
            button = new Button();
        } else {
            ToggleButton toggle = new ToggleButton();
            toggle.setSelected(selected.get());
            selected.addListener((_, _, now) -> toggle.setSelected(now));
            button = toggle;
        }
        button.setId(action.id().replace('.', '-'));
        Ikon icon = action.look().icon();
        if (icon != null) {
            button.setGraphic(icon(icon));
        }
        button.disableProperty().bind(Bindings.not(action.effect().enabled()));
        button.setOnAction(_ -> {
            action.perform();
            if (button instanceof ToggleButton toggle && selected != null) {
                toggle.setSelected(selected.get());
            }
        });
        Tooltip tooltip = Tips.of(tip(action));
        tooltip.setShowDelay(TIP_DELAY);
        button.setTooltip(tooltip);
        return button;
    }
}
