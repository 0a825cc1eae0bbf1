package terrazzo.app.action;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

/// Something the user can do. Its words are the texts `action.ID` and, where more is to be said, `action.ID.tip`.
/// Immutable; each `with` step returns another one.
///
/// @param id dotted, for example `inference.run`
/// @param group the menu it is found in
/// @param look icon and key, both optional
/// @param effect what it does and when
public record ActionSpec(String id, Group group, Look look, Effect effect) {

    /// The menus, in their order.
    public enum Group {
        /// Files in and out.
        FILE,
        /// Undo, copy and the like.
        EDIT,
        /// What is shown and how.
        VIEW,
        /// What makes the machine work.
        RUN,
        /// From one workspace to another.
        GO,
        /// Help and the program itself.
        HELP
    }

    /// @param icon shown on buttons
    /// @param shortcut the key, if any
    /// @param detail key of a text that says more about what it would do now, empty for nothing more
    public record Look(@Nullable Ikon icon, @Nullable KeyCombination shortcut, ObservableValue<String> detail) {}

    /// @param enabled whether it can be done now
    /// @param selected for actions that are on or off: which; it is bound to the look only, the effect flips it
    /// @param run what it does, on the UI thread
    public record Effect(
            ObservableBooleanValue enabled, @Nullable ObservableBooleanValue selected, Runnable run) {}

    /// An action without icon and key that can always be done.
    public static ActionSpec of(String id, Group group, Runnable run) {
        return new ActionSpec(
                id,
                group,
                new Look(null, null, new SimpleStringProperty("")),
                new Effect(new SimpleBooleanProperty(true), null, run));
    }

    public ActionSpec icon(Ikon icon) {
        return new ActionSpec(id, group, new Look(icon, look.shortcut, look.detail), effect);
    }

    /// The key that does it, for example `O` with [KeyCombination#SHORTCUT_DOWN].
    public ActionSpec key(KeyCode code, KeyCombination.Modifier... modifiers) {
        return new ActionSpec(
                id, group, new Look(look.icon, new KeyCodeCombination(code, modifiers), look.detail), effect);
    }

    /// Says in menus what it would do now.
    ///
    /// @param key of a text, empty for nothing more
    public ActionSpec detail(ObservableValue<String> key) {
        return new ActionSpec(id, group, new Look(look.icon, look.shortcut, key), effect);
    }

    public ActionSpec enabledWhen(ObservableBooleanValue enabled) {
        return new ActionSpec(id, group, look, new Effect(enabled, effect.selected, effect.run));
    }

    public ActionSpec selectedWhen(ObservableBooleanValue selected) {
        return new ActionSpec(id, group, look, new Effect(effect.enabled, selected, effect.run));
    }

    public String textKey() {
        return "action." + id;
    }

    public boolean isEnabled() {
        return effect.enabled.get();
    }

    /// Does it, if it can be done now.
    public void perform() {
        if (isEnabled()) {
            effect.run.run();
        }
    }
}
