package terrazzo.app.shell;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.settings.Appearance;
import terrazzo.app.spi.Workspace;
import terrazzo.app.view.Css;
import terrazzo.app.view.EmptyState;
import terrazzo.app.view.Section;
import terrazzo.app.view.WorkspaceBar;
import terrazzo.plugin.Plugin;
import terrazzo.plugin.PluginManifest;

/// Appearance, and the plugins that were found.
public final class SettingsWorkspace implements Workspace {

    public static final String ID = "settings";

    private final Texts texts;
    private final ObjectProperty<Appearance> appearance;
    private final Supplier<List<Plugin>> plugins;
    private @Nullable Parent view;

    public SettingsWorkspace(Texts texts, ObjectProperty<Appearance> appearance, Supplier<List<Plugin>> plugins) {
        this.texts = texts;
        this.appearance = appearance;
        this.plugins = plugins;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Ikon icon() {
        return Feather.SETTINGS;
    }

    @Override
    public Parent view() {
        Parent built = view;
        if (built == null) {
            built = build();
            view = built;
        }
        return built;
    }

    private Parent build() {
        Label title = new Label();
        title.textProperty().bind(texts.bind("workspace.settings"));
        VBox page = new VBox(2 * Css.GROUP, look(), pluginList());
        page.getStyleClass().add("settings-page");
        page.setMaxWidth(720);
        HBox middle = new HBox(page);
        middle.setAlignment(Pos.TOP_CENTER);
        HBox.setHgrow(page, Priority.ALWAYS);
        ScrollPane scroll = new ScrollPane(middle);
        scroll.setFitToWidth(true);
        return new BorderPane(scroll, new WorkspaceBar(title), null, null, null);
    }

    private Node look() {
        Section section = new Section(texts.bind("settings.appearance"));
        ToggleGroup themes = new ToggleGroup();
        HBox themeRow = row(
                "settings.theme",
                choice(themes, "theme-light", () -> texts.get("settings.light"), Appearance.LIGHT),
                choice(themes, "theme-dark", () -> texts.get("settings.dark"), Appearance.DARK));
        follow(
                themes,
                () -> appearance.get().theme(),
                theme -> appearance.set(appearance.get().withTheme(theme)));
        ToggleGroup languages = new ToggleGroup();
        HBox languageRow = row(
                "settings.language",
                choice(languages, "language-en", Language.ENGLISH::ownName, Language.ENGLISH.code()),
                choice(languages, "language-zh", Language.CHINESE::ownName, Language.CHINESE.code()));
        follow(
                languages,
                () -> appearance.get().language(),
                code -> appearance.set(appearance.get().withLanguage(code)));
        return section.add(themeRow, languageRow);
    }

    private void follow(ToggleGroup group, Supplier<String> current, Consumer<String> choose) {
        Runnable select = () -> group.getToggles().stream()
                .filter(t -> current.get().equals(t.getUserData()))
                .forEach(group::selectToggle);
        select.run();
        appearance.addListener(_ -> select.run());
        group.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) {
                group.selectToggle(before); // one is always chosen
            } else if (!current.get().equals(now.getUserData())) {
                choose.accept((String) now.getUserData());
            }
        });
    }

    private ToggleButton choice(ToggleGroup group, String id, Supplier<String> name, String value) {
        ToggleButton button = new ToggleButton();
        button.setId(id);
        button.textProperty().bind(Bindings.createStringBinding(name::get, texts.languageProperty()));
        button.setToggleGroup(group);
        button.setUserData(value);
        button.getStyleClass().add(group.getToggles().size() == 1 ? "left-pill" : "right-pill");
        return button;
    }

    private HBox row(String key, Node... choices) {
        Label name = new Label();
        name.textProperty().bind(texts.bind(key));
        name.setPrefWidth(180);
        HBox pills = new HBox(choices);
        HBox row = new HBox(Css.GROUP, name, pills);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Node pluginList() {
        Section section = new Section(texts.bind("settings.plugins"));
        List<Plugin> found = plugins.get();
        if (found.isEmpty()) {
            return section.add(
                    new EmptyState(Feather.PACKAGE, texts.bind("plugins.none"), texts.bind("plugins.none.hint")));
        }
        for (Plugin plugin : found) {
            section.add(plugin(plugin));
        }
        return section;
    }

    private Node plugin(Plugin plugin) {
        FontIcon icon = new FontIcon(plugin.hasFailed() ? Feather.ALERT_TRIANGLE : Feather.CHECK_CIRCLE);
        Label name = new Label(title(plugin.manifest()));
        name.getStyleClass().add("task-name");
        Label what = new Label();
        what.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> plugin.hasFailed() ? plugin.failure() : additions(plugin), texts.languageProperty()));
        what.setWrapText(true);
        what.getStyleClass().add(plugin.hasFailed() ? "failure-text" : Css.MUTED);
        what.setMinHeight(Region.USE_PREF_SIZE);
        HBox row = new HBox(Css.PANEL_INSET, icon, new VBox(2, name, what));
        row.getStyleClass().addAll("plugin-row", plugin.hasFailed() ? "failed" : "loaded");
        return row;
    }

    /// `head PointwiseHead, command terrazzo palette`, the kinds in the user's language.
    private String additions(Plugin plugin) {
        return plugin.added().stream().map(this::addition).collect(Collectors.joining(", "));
    }

    private String addition(String added) {
        int name = added.lastIndexOf(' ') + 1;
        String key = "plugins.kind." + added.substring(0, name).strip().replace(' ', '-');
        String worded = texts.get(key, added.substring(name));
        return worded.equals(key) ? added : worded;
    }

    /// Name and version; of a jar without a manifest there is only the name.
    private static String title(PluginManifest manifest) {
        return manifest.version().isEmpty() ? manifest.name() : manifest.name() + " " + manifest.version();
    }
}
