package terrazzo.app.workspace.inference;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import terrazzo.app.canvas.Viewport;
import terrazzo.app.l10n.Texts;
import terrazzo.app.segment.ModelCard;
import terrazzo.app.view.Css;
import terrazzo.app.view.Tips;

/// The workspace's part of the status bar: place, class and probability below the pointer; at the right, where they
/// stay while the pointer moves, size, zoom and device.
final class HoverStatus extends HBox {

    private final Texts texts;
    private final Rectangle swatch = new Rectangle(10, 10);
    private final Label place = number("hover-place");
    private final Label name = new Label();
    private final Label probability = number("hover-probability");

    HoverStatus(InferenceViewModel viewModel, Viewport viewport, Texts texts) {
        super(Css.GROUP);
        this.texts = texts;
        setAlignment(Pos.CENTER_LEFT);
        name.setId("hover-class");
        swatch.getStyleClass().add("status-swatch");
        swatch.setArcWidth(3);
        swatch.setArcHeight(3);
        HBox what = new HBox(6, swatch, name);
        what.setAlignment(Pos.CENTER_LEFT);
        Label size = number("image-size");
        size.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> viewModel
                                .display()
                                .pictureProperty()
                                .get()
                                .map(p -> "%,d × %,d"
                                        .formatted(p.size().width(), p.size().height()))
                                .orElse(""),
                        viewModel.display().pictureProperty()));
        Label zoom = number("zoom");
        viewport.addListener(() -> zoom.setText(viewport.image().area() == 0 ? "" : percent(viewport.zoom())));
        Label device = number("model-device");
        device.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> viewModel
                                .model()
                                .cardProperty()
                                .get()
                                .map(HoverStatus::machine)
                                .orElse(""),
                        viewModel.model().cardProperty()));
        what.managedProperty().bind(name.managedProperty());
        size.setTooltip(Tips.of(texts.bind("inference.status.size")));
        zoom.setTooltip(Tips.of(texts.bind("inference.status.zoom")));
        device.setTooltip(Tips.of(texts.bind("inference.status.device")));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getChildren().addAll(place, what, probability, gap, size, zoom, device);
        viewModel.display().hoverProperty().addListener((_, _, now) -> show(now));
        show(Optional.empty());
    }

    /// `66.7 %` below a hundred, whole numbers above.
    static String percent(double zoom) {
        return (zoom < 0.9995 ? "%.1f %%" : "%,.0f %%").formatted(zoom * 100);
    }

    private void show(Optional<Hover> hover) {
        place.setText(hover.map(h -> "x " + h.x() + "  y " + h.y()).orElse(""));
        Optional<ClassRow> row = hover.flatMap(Hover::row);
        swatch.setVisible(row.isPresent());
        swatch.setManaged(row.isPresent());
        row.ifPresent(r -> {
            int rgb = r.rgbProperty().get();
            swatch.setFill(Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
        });
        boolean isUnlabelled = hover.isPresent() && row.isEmpty() && hover.get().confidence() >= 0;
        name.setText(row.map(ClassRow::name).orElse(isUnlabelled ? texts.get("inference.unlabelled") : ""));
        probability.setText(hover.filter(h -> h.confidence() >= 0)
                .map(h -> "%.0f %%".formatted(h.confidence() * 100))
                .orElse(""));
        for (Label label : new Label[] {place, name, probability}) {
            label.setManaged(!label.getText().isEmpty());
        }
    }

    private static String machine(ModelCard card) {
        return card.device() + " · " + card.precision();
    }

    private static Label number(String id) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().add(Css.NUMBER);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
