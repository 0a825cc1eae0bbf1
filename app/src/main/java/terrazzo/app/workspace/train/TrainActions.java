package terrazzo.app.workspace.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.action.ActionSpec.Group;
import terrazzo.app.fx.FileDialogs.Kind;
import terrazzo.app.spi.StudioServices;

/// What can be done with trainings.
final class TrainActions {

    private final ActionSpec open;
    private final ActionSpec chooseData;
    private final ActionSpec chooseCheckpoint;
    private final ActionSpec check;
    private final ActionSpec start;
    private final ActionSpec pause;
    private final ActionSpec stop;
    private final ActionSpec resume;
    private final ActionSpec begin;

    TrainActions(TrainViewModel viewModel, StudioServices services) {
        BooleanBinding isLive = Bindings.createBooleanBinding(
                () -> viewModel.watchedProperty().get().status().state().isLive(), viewModel.watchedProperty());
        BooleanBinding canBeTold = Bindings.createBooleanBinding(
                () -> viewModel.watchedProperty().get().status().canBeTold(), viewModel.watchedProperty());
        BooleanBinding isFinished = Bindings.createBooleanBinding(
                () -> viewModel.watchedProperty().get().status().state() == RunStatus.State.FINISHED,
                viewModel.watchedProperty());
        BooleanBinding isPaused = Bindings.createBooleanBinding(
                () -> viewModel.watchedProperty().get().status().state() == RunStatus.State.PAUSED,
                viewModel.watchedProperty());
        BooleanBinding isWaiting = Bindings.createBooleanBinding(
                () -> viewModel.watchedProperty().get().status().state() == RunStatus.State.QUEUED,
                viewModel.watchedProperty());
        BooleanBinding canResume = Bindings.createBooleanBinding(
                () -> viewModel.watchedProperty().get().canResume(), viewModel.watchedProperty());
        BooleanBinding canStart = Bindings.createBooleanBinding(
                viewModel::canStartSelected,
                viewModel.runs(),
                viewModel.selectedProperty(),
                viewModel.watchedProperty());
        ObservableBooleanValue isSound = viewModel.draft().sound();
        open = ActionSpec.of(
                        "train.open",
                        Group.FILE,
                        () -> one(services, "train.open", "*.py")
                                .map(Path::toString)
                                .ifPresent(viewModel::choose))
                .icon(Feather.FOLDER)
                .key(KeyCode.O, KeyCombination.SHORTCUT_DOWN);
        chooseData = ActionSpec.of(
                        "train.data",
                        Group.FILE,
                        () -> services.dialogs()
                                .folder(services.texts().get("train.data.title"))
                                .ifPresent(folder -> viewModel.draft().set(Field.DATA_ROOT, folder.toString())))
                .icon(Feather.FOLDER);
        chooseCheckpoint = ActionSpec.of(
                        "train.checkpoint",
                        Group.FILE,
                        () -> one(services, "train.checkpoint", "*.pth", "*.safetensors")
                                .ifPresent(file -> viewModel.draft().set(Field.LOAD_FROM, file.toString())))
                .icon(Feather.FOLDER);
        check = ActionSpec.of("train.check", Group.RUN, viewModel::dryRun)
                .icon(Feather.CHECK_CIRCLE)
                .enabledWhen(isSound);
        start = ActionSpec.of("train.start", Group.RUN, viewModel::start)
                .icon(Feather.PLAY)
                .key(KeyCode.R, KeyCombination.SHORTCUT_DOWN)
                .enabledWhen(isSound);
        pause = ActionSpec.of("train.pause", Group.RUN, viewModel::pauseOrGoOn)
                .icon(Feather.PAUSE)
                .enabledWhen(canBeTold)
                .selectedWhen(isPaused);
        stop = ActionSpec.of("train.stop", Group.RUN, viewModel::stop)
                .icon(Feather.SQUARE)
                .enabledWhen(canBeTold.or(isWaiting));
        resume = ActionSpec.of("train.resume", Group.RUN, viewModel::resume)
                .icon(Feather.ROTATE_CW)
                .enabledWhen(canResume.and(isLive.or(isWaiting).or(isFinished).not()));
        begin = ActionSpec.of("train.begin", Group.RUN, viewModel::startSelected)
                .icon(Feather.PLAY_CIRCLE)
                .enabledWhen(canStart);
    }

    private static Optional<Path> one(StudioServices services, String key, String... patterns) {
        Kind kind = new Kind(services.texts().get(key + ".kind"), List.of(patterns));
        return services.dialogs().open(services.texts().get(key + ".title"), List.of(kind)).stream()
                .findFirst();
    }

    List<ActionSpec> all() {
        return List.of(open, chooseData, chooseCheckpoint, check, start, pause, stop, resume, begin);
    }

    ActionSpec open() {
        return open;
    }

    ActionSpec chooseData() {
        return chooseData;
    }

    ActionSpec chooseCheckpoint() {
        return chooseCheckpoint;
    }

    ActionSpec check() {
        return check;
    }

    ActionSpec start() {
        return start;
    }

    ActionSpec pause() {
        return pause;
    }

    ActionSpec stop() {
        return stop;
    }

    ActionSpec resume() {
        return resume;
    }

    ActionSpec begin() {
        return begin;
    }
}
