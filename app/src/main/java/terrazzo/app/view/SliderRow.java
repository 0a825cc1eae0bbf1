package terrazzo.app.view;

import javafx.beans.property.DoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A fraction from 0 to 1 with its name: dragged, typed in percent, or set back by a double click.
public final class SliderRow extends VBox {

    private final DoubleProperty value;
    private final TextField field = new TextField();

    /// @param id of the slider; the field is `ID-field`
    /// @param value what is changed, while dragging too
    /// @param normal what a double click sets
    public SliderRow(String id, ObservableValue<String> name, DoubleProperty value, double normal) {
        super(2);
        this.value = value;
        Label label = new Label();
        label.textProperty().bind(name);
        Slider slider = new Slider(0, 1, value.get());
        slider.setId(id);
        slider.setBlockIncrement(0.05);
        slider.getStyleClass().add("small");
        slider.valueProperty().bindBidirectional(value);
        slider.accessibleTextProperty().bind(name);
        slider.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                value.set(normal);
            }
        });
        field.setId(id + "-field");
        field.getStyleClass().addAll(Css.NUMBER, "small", "percent-field");
        field.accessibleTextProperty().bind(name);
        field.setPrefColumnCount(4);
        field.setAlignment(Pos.CENTER_RIGHT);
        field.setOnAction(_ -> {
            type();
            slider.requestFocus(); // single keys are commands again
        });
        field.focusedProperty().addListener(_ -> type());
        value.addListener(_ -> print());
        print();
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(Css.GAP, label, gap, field);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, slider);
    }

    private void print() {
        field.setText(Math.round(value.get() * 100) + " %");
    }

    /// Takes what was typed, `40` or `40 %`; anything else is put back.
    private void type() {
        String typed = field.getText().replace("%", "").strip();
        if (typed.matches("\\d{1,3}([.,]\\d+)?") && !typed.equals(String.valueOf(Math.round(value.get() * 100)))) {
            value.set(Math.clamp(Double.parseDouble(typed.replace(',', '.')) / 100, 0, 1));
        }
        print();
    }
}
