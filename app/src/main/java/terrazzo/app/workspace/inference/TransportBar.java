package terrazzo.app.workspace.inference;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.action.ActionControls;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.inference.video.VideoFormat;

/// Play, pause, step and scrub.
final class TransportBar extends HBox {

    private final Slider position = new Slider();
    private boolean following;

    TransportBar(InferenceViewModel viewModel, InferenceActions actions, Texts texts) {
        super(Css.GAP);
        ActionControls controls = new ActionControls(texts);
        VideoState video = viewModel.video().state();
        getStyleClass().add("transport");
        setAlignment(Pos.CENTER_LEFT);
        position.setId("video-position");
        position.getStyleClass().add("small");
        position.accessibleTextProperty().bind(texts.bind("inference.position"));
        HBox.setHgrow(position, Priority.ALWAYS);
        position.valueProperty().addListener((_, _, now) -> {
            if (!following) {
                viewModel.video().seek(Math.round(now.doubleValue()));
            }
        });
        video.frameProperty().addListener((_, _, now) -> {
            if (!position.isValueChanging()) {
                following = true;
                position.setValue(now.doubleValue());
                following = false;
            }
        });
        video.formatProperty().addListener((_, _, now) -> now.ifPresent(this::scale));
        Label time = new Label();
        time.setId("video-time");
        time.getStyleClass().addAll(Css.NUMBER, Css.MUTED);
        time.setMinWidth(Region.USE_PREF_SIZE);
        time.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> time(
                                video.formatProperty().get(),
                                video.frameProperty().get()),
                        video.formatProperty(),
                        video.frameProperty()));
        Label rate = new Label();
        rate.getStyleClass().addAll(Css.NUMBER, Css.MUTED);
        rate.setMinWidth(64);
        rate.setAlignment(Pos.CENTER_RIGHT);
        rate.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> video.shownPerSecondProperty().get() > 0
                                ? texts.get(
                                        "inference.fps",
                                        video.shownPerSecondProperty().get())
                                : "",
                        video.shownPerSecondProperty(),
                        texts.languageProperty()));
        ButtonBase play = controls.iconButton(actions.play());
        FontIcon icon = new FontIcon(Feather.PLAY);
        video.playingProperty()
                .addListener((_, _, isPlaying) -> icon.setIconCode(isPlaying ? Feather.PAUSE : Feather.PLAY));
        play.setGraphic(icon);
        getChildren()
                .addAll(
                        controls.iconButton(actions.previous()),
                        play,
                        controls.iconButton(actions.next()),
                        position,
                        time,
                        rate);
        visibleProperty().bind(viewModel.video().open());
        managedProperty().bind(visibleProperty());
    }

    private void scale(VideoFormat format) {
        following = true;
        position.setMax(Math.max(1, format.frames() - 1.0));
        position.setBlockIncrement(format.framesPerSecond());
        position.setValue(0);
        position.setDisable(format.frames() < 0);
        following = false;
    }

    private static String time(Optional<VideoFormat> format, long frame) {
        return format.map(f -> VideoState.time(f, frame)).orElse("");
    }
}
