package terrazzo.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ColorPicker;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;

/// Does to a studio what hands would, told in words, before a picture is taken. A step is one of
///
/// - `canvas.in`: an action by its name;
/// - `#eye-0`: presses a button, ticks a box, opens a menu;
/// - `#opacity=0.8`: a slider's or a field's value, a colour, the place in a list of choices (from 0);
/// - `.seg-canvas@0.5:0.4`: holds the pointer there, as shares of the width and the height.
///
/// Controls are found by the selectors of style sheets.
///
/// @param studio it is done to; UI thread only
record Steps(Studio studio) {

    private static final Pattern ON_CONTROL =
            Pattern.compile("(?<control>[#.][\\w-]+)(?:=(?<value>.*)|@(?<x>[01]|0?\\.\\d+):(?<y>[01]|0?\\.\\d+))?");

    /// @throws IllegalArgumentException if there is nothing of this name, or it can't do this
    void perform(String step) {
        Matcher control = ON_CONTROL.matcher(step);
        if (!control.matches()) {
            if (!studio.perform(step)) {
                throw new IllegalArgumentException(
                        "expected an action such as palette or canvas.in, got '" + step + "'");
            }
            return;
        }
        Node node = Optional.ofNullable(studio.scene().lookup(control.group("control")))
                .orElseThrow(
                        () -> new IllegalArgumentException("expected a control that is on screen, got '" + step + "'"));
        if (control.group("value") != null) {
            set(node, control.group("value"), step);
        } else if (control.group("x") != null) {
            hover(node, Double.parseDouble(control.group("x")), Double.parseDouble(control.group("y")));
        } else {
            press(node, step);
        }
    }

    private static void press(Node node, String step) {
        switch (node) {
            case MenuButton menu -> menu.show();
            case ButtonBase button -> button.fire();
            default -> throw new IllegalArgumentException("expected a button or a menu, got '" + step + "'");
        }
    }

    private static void set(Node node, String value, String step) {
        try {
            set(node, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a value that the control can take, got '" + step + "'", e);
        }
    }

    private static void set(Node node, String value) {
        switch (node) {
            case Slider slider -> slider.setValue(Double.parseDouble(value));
            case TextInputControl text -> {
                text.setText(value);
                Event.fireEvent(text, new ActionEvent());
            }
            case ColorPicker picker -> {
                picker.setValue(Color.web(value));
                Event.fireEvent(picker, new ActionEvent());
            }
            case ComboBox<?> choice -> choice.getSelectionModel().select(Integer.parseInt(value));
            default -> throw new IllegalArgumentException("has no value");
        }
    }

    private static void hover(Node node, double across, double down) {
        Bounds place = node.localToScene(node.getBoundsInLocal());
        OpenStudio.point(
                MouseEvent.MOUSE_MOVED,
                node,
                place.getMinX() + place.getWidth() * across,
                place.getMinY() + place.getHeight() * down);
    }
}
