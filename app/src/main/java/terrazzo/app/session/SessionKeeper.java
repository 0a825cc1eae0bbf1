package terrazzo.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;

/// Asks the workspaces every few seconds what is open and keeps it, and offers to open again what was. UI thread only.
public final class SessionKeeper {

    private static final Duration PERIOD = Duration.seconds(2);

    private final SessionJournal journal;
    private final List<Workspace> workspaces;
    private final ObjectProperty<Workspace> current;
    private final Timeline clock = new Timeline(new KeyFrame(PERIOD, _ -> keep(false)));

    /// @param current the workspace in front
    public SessionKeeper(SessionJournal journal, List<Workspace> workspaces, ObjectProperty<Workspace> current) {
        this.journal = journal;
        this.workspaces = List.copyOf(workspaces);
        this.current = current;
        clock.setCycleCount(Animation.INDEFINITE);
        clock.play();
    }

    /// Opens the last session again; can't be done where there is none.
    public ActionSpec restoreAction() {
        return ActionSpec.of(
                        "session.restore",
                        ActionSpec.Group.FILE,
                        () -> journal.last().ifPresent(this::restore))
                .icon(Feather.CLOCK)
                .enabledWhen(new SimpleBooleanProperty(journal.last().isPresent()));
    }

    /// Writes down what is open now instead of in a moment.
    public ActionSpec saveAction(StudioServices services) {
        return ActionSpec.of("session.save", ActionSpec.Group.FILE, () -> {
                    keep(false);
                    services.notices()
                            .show(Notice.done(
                                    services.texts().get("session.saved"),
                                    services.texts().get("session.saved.text")));
                })
                .icon(Feather.SAVE)
                .key(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    }

    /// Says that there is a session to go on with, and steps aside by itself.
    public void offer(StudioServices services) {
        journal.last().ifPresent(last -> {
            Notice notice = last.hasEnded()
                    ? Notice.info(services.texts().get("session.offer"), "")
                    : Notice.info(
                            services.texts().get("session.crashed"),
                            services.texts().get("session.crashed.text"));
            services.notices().show(notice.withAction(services.texts().get("session.restore"), () -> restore(last)));
        });
    }

    /// Writes down what is open now.
    ///
    /// @param hasEnded whether the studio is closing
    public void keep(boolean hasEnded) {
        Map<String, Record> states = new LinkedHashMap<>();
        for (Workspace workspace : workspaces) {
            workspace.session().ifPresent(state -> states.put(workspace.id(), state));
        }
        journal.keep(hasEnded, current.get().id(), states);
    }

    /// The studio closes.
    public void close() {
        clock.stop();
        keep(true);
    }

    private void restore(SavedSession last) {
        for (Workspace workspace : workspaces) {
            Optional<JsonNode> state = Optional.ofNullable(last.states().get(workspace.id()));
            state.ifPresent(workspace::resume);
            if (workspace.id().equals(last.workspace())) {
                current.set(workspace);
            }
        }
    }
}
