package terrazzo.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionList;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.l10n.UserWords;
import terrazzo.app.notice.Notices;
import terrazzo.app.plugin.Additions;
import terrazzo.app.segment.SegmentationService;
import terrazzo.app.session.SessionJournal;
import terrazzo.app.session.SessionKeeper;
import terrazzo.app.settings.Appearance;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.settings.WindowPlace;
import terrazzo.app.shell.SettingsWorkspace;
import terrazzo.app.shell.ShellView;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.app.task.TaskService;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.app.workspace.charts.ChartsWorkspace;
import terrazzo.app.workspace.inference.InferenceWorkspace;
import terrazzo.app.workspace.train.TrainWorkspace;
import terrazzo.inference.Catalogues;
import terrazzo.inference.exporters.Exporters;
import terrazzo.plugin.Plugins;

/// One running studio: composes services, plugins, workspaces and the window, and takes them apart again. It
/// exports nothing; each part gets what it needs through its constructor. UI thread only.
public final class Studio implements AutoCloseable {

    static final int MIN_WIDTH = 900;
    static final int MIN_HEIGHT = 600;

    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private final Stage stage;
    private final StudioServices services;
    private final ObjectProperty<Appearance> appearance;
    private final List<Workspace> workspaces = new ArrayList<>();
    private final ActionList actions = new ActionList();
    private final ShellView shell;
    private final SessionKeeper sessions;

    /// What the studio finds outside itself; tests bring their own.
    ///
    /// @param home where settings are
    /// @param dialogs how files are asked for
    /// @param segmentation how models are run
    /// @param plugins what others add; stays open
    public record Surroundings(
            StudioHome home, FileDialogs dialogs, SegmentationService segmentation, Plugins plugins) {}

    public Studio(Stage stage, Surroundings surroundings, StudioOptions options) {
        StudioHome home = surroundings.home;
        this.stage = stage;
        Theme.loadFonts();
        this.services = services(home, surroundings.dialogs);
        SettingsStore settings = services.settings();
        this.appearance = new SimpleObjectProperty<>(appearance(settings, options.look()));
        services.texts().languageProperty().set(Language.of(appearance.get().language()));
        Additions additions = new Additions(surroundings.plugins, services);
        workspaces.add(new InferenceWorkspace(
                services, surroundings.segmentation, additions.tools(), Exporters.of(surroundings.plugins)));
        workspaces.add(new TrainWorkspace(services, () -> Catalogues.of(surroundings.plugins)));
        workspaces.add(new ChartsWorkspace(services));
        workspaces.addAll(additions.workspaces());
        workspaces.add(new SettingsWorkspace(services.texts(), appearance, surroundings.plugins::all));
        actions.shell().addAll(windowActions());
        actions.shell().addAll(additions.actions());
        this.shell = new ShellView(services, workspaces, actions);
        this.sessions = new SessionKeeper(
                new SessionJournal(home.session(), services.tasks().executor(Lane.KEEPING)),
                workspaces,
                shell.currentProperty());
        actions.shell().addAll(sessions.restoreAction(), sessions.saveAction(services));
        Scene scene = new Scene(shell, WIDTH, HEIGHT);
        Theme.apply(appearance.get(), scene);
        appearance.addListener((_, _, now) -> {
            services.texts().languageProperty().set(Language.of(now.language()));
            Theme.apply(now, scene);
            settings.save(Appearance.TOPIC, now);
        });
        place(scene, settings.load(WindowPlace.TOPIC, WindowPlace.UNKNOWN));
        options.workspace().ifPresent(this::show);
        if (!options.files().isEmpty()) {
            shell.open(options.files());
            options.workspace().ifPresent(this::show); // also in front of files that another one opened
        } else if (options.screenshot().isEmpty()) {
            sessions.offer(services);
        }
    }

    public void show() {
        stage.show();
    }

    /// Shows the workspace of an id, if there is one.
    public void show(String workspaceId) {
        workspaces.stream().filter(w -> w.id().equals(workspaceId)).findFirst().ifPresent(shell.currentProperty()::set);
    }

    /// What [#show(String)] knows, in the order of the rail.
    List<String> workspaceIds() {
        return workspaces.stream().map(Workspace::id).toList();
    }

    /// Does what an action of the shell or of the workspace in front does.
    ///
    /// @return whether there is one of this id
    boolean perform(String actionId) {
        Optional<ActionSpec> action = actions.find(actionId);
        action.ifPresent(ActionSpec::perform);
        return action.isPresent();
    }

    public Scene scene() {
        return stage.getScene();
    }

    public StudioServices services() {
        return services;
    }

    public ObjectProperty<Appearance> appearanceProperty() {
        return appearance;
    }

    public Workspace currentWorkspace() {
        return shell.currentProperty().get();
    }

    /// Saves where the window is and lets everything go.
    @Override
    public void close() {
        services.settings()
                .save(
                        WindowPlace.TOPIC,
                        new WindowPlace(
                                stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized()));
        sessions.close();
        shell.stop();
        workspaces.forEach(Workspace::close);
        services.tasks().close();
        stage.close();
    }

    private StudioServices services(StudioHome home, FileDialogs dialogs) {
        Texts texts = new Texts(Language.ENGLISH);
        Notices notices = new Notices(new UserWords(texts));
        FxBridge bridge = FxBridge.toToolkit();
        TaskService tasks = new TaskService(bridge, notices::showFailure);
        SettingsStore settings = new SettingsStore(home.settings(), tasks.executor(Lane.KEEPING));
        return new StudioServices(texts, tasks, settings, dialogs, notices, bridge, home.cache());
    }

    private static Appearance appearance(SettingsStore settings, StudioOptions.Look look) {
        String language = Language.of(Locale.getDefault().getLanguage()).code();
        Appearance saved = settings.load(Appearance.TOPIC, new Appearance(Theme.preferred(), language));
        Appearance themed = look.theme().map(saved::withTheme).orElse(saved);
        return look.language().map(themed::withLanguage).orElse(themed);
    }

    private List<ActionSpec> windowActions() {
        return List.of(
                ActionSpec.of("theme.toggle", ActionSpec.Group.VIEW, this::toggleTheme)
                        .icon(Feather.MOON),
                ActionSpec.of("language.toggle", ActionSpec.Group.VIEW, this::toggleLanguage)
                        .icon(Feather.GLOBE),
                ActionSpec.of("fullscreen", ActionSpec.Group.VIEW, this::toggleFullScreen)
                        .icon(Feather.MAXIMIZE)
                        .key(KeyCode.F11),
                ActionSpec.of("quit", ActionSpec.Group.FILE, this::close).key(KeyCode.Q, KeyCombination.SHORTCUT_DOWN));
    }

    private void toggleFullScreen() {
        stage.setFullScreenExitHint(services.texts().get("fullscreen.leave"));
        stage.setFullScreen(!stage.isFullScreen());
    }

    private void toggleTheme() {
        Appearance now = appearance.get();
        appearance.set(now.withTheme(now.isDark() ? Appearance.LIGHT : Appearance.DARK));
    }

    private void toggleLanguage() {
        Appearance now = appearance.get();
        Language next = Language.of(now.language()) == Language.ENGLISH ? Language.CHINESE : Language.ENGLISH;
        appearance.set(now.withLanguage(next.code()));
    }

    private void place(Scene scene, WindowPlace place) {
        stage.setScene(scene);
        stage.setTitle(services.texts().get("app.title"));
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        Optional.ofNullable(Studio.class.getResourceAsStream("/terrazzo/icons/terrazzo-128.png"))
                .ifPresent(in -> stage.getIcons().add(new Image(in)));
        if (place.width() > 0) {
            if (place.isOn(
                    Screen.getScreens().stream().map(Screen::getVisualBounds).toList())) {
                stage.setX(place.x());
                stage.setY(place.y());
            }
            stage.setWidth(place.width());
            stage.setHeight(place.height());
            stage.setMaximized(place.isMaximized());
        }
        stage.setOnCloseRequest(_ -> close());
    }
}
