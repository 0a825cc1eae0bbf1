package terrazzo.app.workspace.train;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.EmptyState;
import terrazzo.app.workspace.train.RunDir.Sample;

/// Predictions of validation images through the training: one image, and a slider over iterations.
final class SamplesPane extends BorderPane {

    /// Above the picture, for the words of its sides.
    private static final double SIDES = 24;

    private final TrainViewModel viewModel;
    private final Texts texts;
    private final ComboBox<String> names = new ComboBox<>();
    private final Slider slider = new Slider(0, 0, 0); // at its end, where new samples are followed
    private final Label step = new Label();
    private final ImageView picture = new ImageView();

    SamplesPane(TrainViewModel viewModel, Texts texts) {
        this.viewModel = viewModel;
        this.texts = texts;
        setPadding(new Insets(Css.PANEL_INSET));
        picture.setId("train-sample");
        picture.setPreserveRatio(true);
        Label sides = new Label();
        sides.getStyleClass().add(Css.MUTED);
        sides.textProperty().bind(texts.bind("train.samples.sides"));
        sides.visibleProperty().bind(picture.imageProperty().isNotNull());
        VBox frame = new VBox(4, sides, picture);
        frame.setAlignment(Pos.CENTER);
        frame.setMinSize(0, 0);
        picture.fitWidthProperty().bind(frame.widthProperty());
        picture.fitHeightProperty().bind(frame.heightProperty().subtract(SIDES));
        EmptyState empty =
                new EmptyState(Feather.IMAGE, texts.bind("train.samples.none"), texts.bind("train.samples.hint"));
        empty.visibleProperty().bind(picture.imageProperty().isNull());
        setCenter(new StackPane(frame, empty));
        setBottom(controls());
        texts.languageProperty().addListener(_ -> show());
        viewModel.watchedProperty().addListener((_, old, now) -> {
            if (!old.samples().equals(now.samples())) {
                update();
            }
        });
    }

    private HBox controls() {
        names.setId("train-sample-name");
        names.accessibleTextProperty().bind(texts.bind("train.samples.image"));
        slider.setId("train-sample-step");
        slider.setSnapToTicks(true);
        slider.setMajorTickUnit(1);
        slider.setMinorTickCount(0);
        slider.setBlockIncrement(1);
        slider.accessibleTextProperty().bind(texts.bind("train.samples.step"));
        HBox.setHgrow(slider, Priority.ALWAYS);
        step.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        names.valueProperty().addListener(_ -> steps());
        slider.valueProperty().addListener(_ -> show());
        HBox row = new HBox(Css.GROUP, names, slider, step);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPadding(new Insets(Css.GAP, 0, 0, 0));
        row.visibleProperty().bind(picture.imageProperty().isNotNull());
        return row;
    }

    private void update() {
        List<String> now =
                List.copyOf(viewModel.watchedProperty().get().samples().keySet());
        if (!now.equals(names.getItems())) {
            Optional<String> kept = Optional.ofNullable(names.getValue()).filter(now::contains);
            names.getItems().setAll(now);
            names.setValue(kept.or(() -> now.stream().findFirst()).orElse(null));
        }
        steps();
    }

    private List<Sample> samples() {
        return Optional.ofNullable(names.getValue())
                .map(viewModel.watchedProperty().get().samples()::get)
                .orElse(List.of());
    }

    private void steps() {
        boolean atEnd = slider.getValue() >= slider.getMax();
        slider.setMax(Math.max(0, samples().size() - 1));
        if (atEnd) {
            slider.setValue(slider.getMax());
        }
        show();
    }

    private void show() {
        List<Sample> samples = samples();
        if (samples.isEmpty()) {
            picture.setImage(null);
            step.setText("");
            return;
        }
        Sample sample = samples.get((int) Math.round(Math.min(slider.getValue(), samples.size() - 1.0)));
        picture.setImage(new Image(sample.file().toUri().toString(), true));
        step.setText(texts.get("train.samples.at", sample.step()));
    }
}
