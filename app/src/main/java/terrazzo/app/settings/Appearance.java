package terrazzo.app.settings;

/// How the studio looks.
///
/// @param theme `light` or `dark`
/// @param language `en` or `zh`
public record Appearance(String theme, String language) {

    public static final String TOPIC = "appearance";
    public static final String DARK = "dark";
    public static final String LIGHT = "light";

    public Appearance {
        if (!DARK.equals(theme) && !LIGHT.equals(theme)) {
            throw new IllegalArgumentException("expected a theme 'light' or 'dark', got '" + theme + "'");
        }
    }

    public boolean isDark() {
        return DARK.equals(theme);
    }

    public Appearance withTheme(String next) {
        return new Appearance(next, language);
    }

    public Appearance withLanguage(String next) {
        return new Appearance(theme, next);
    }
}
