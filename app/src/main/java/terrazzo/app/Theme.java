package terrazzo.app;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import terrazzo.app.l10n.Language;
import terrazzo.app.settings.Appearance;

/// Puts fonts, theme and language's font on a scene.
final class Theme {

    private static final String CSS = "/terrazzo/css/studio.css";

    /// `-color-bg-default` of the themes. The scene is filled before every frame anyway; a background of the root would
    /// be painted once more.
    private static final Color LIGHT = Color.WHITE;

    private static final Color DARK = Color.web("#0d1117");

    /// Their digits are all as wide, so that figures stand below each other and don't move while they change.
    static final List<String> FONTS = List.of(
            "/terrazzo/fonts/Inter-Regular.otf",
            "/terrazzo/fonts/Inter-Medium.otf",
            "/terrazzo/fonts/Inter-SemiBold.otf",
            "/terrazzo/fonts/NotoSansSC-Regular.otf",
            "/terrazzo/fonts/NotoSansSC-Bold.otf");

    private Theme() {}

    static void loadFonts() {
        for (String font : FONTS) {
            try (var in = Theme.class.getResourceAsStream(font)) {
                Font.loadFont(in, 13);
            } catch (IOException e) {
                throw new UncheckedIOException("can't read " + font, e);
            }
        }
    }

    /// What the desktop prefers.
    static String preferred() {
        return Platform.getPreferences().getColorScheme() == ColorScheme.DARK ? Appearance.DARK : Appearance.LIGHT;
    }

    static void apply(Appearance appearance, Scene scene) {
        atlantafx.base.theme.Theme theme = appearance.isDark() ? new PrimerDark() : new PrimerLight();
        Application.setUserAgentStylesheet(theme.getUserAgentStylesheet());
        String css = String.valueOf(Theme.class.getResource(CSS));
        if (!scene.getStylesheets().contains(css)) {
            scene.getStylesheets().add(css);
        }
        scene.setFill(appearance.isDark() ? DARK : LIGHT);
        var classes = scene.getRoot().getStyleClass();
        classes.removeAll("dark", "light", "en", "zh");
        classes.addAll(appearance.theme(), Language.of(appearance.language()).code());
    }
}
