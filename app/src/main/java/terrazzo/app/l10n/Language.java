package terrazzo.app.l10n;

import java.util.Locale;

/// A language of the studio.
public enum Language {
    /// The language that every key has a text in.
    ENGLISH("en", "English", Locale.ENGLISH),
    /// Simplified Chinese.
    CHINESE("zh", "简体中文", Locale.SIMPLIFIED_CHINESE);

    private final String code;
    private final String ownName;
    private final Locale locale;

    Language(String code, String ownName, Locale locale) {
        this.code = code;
        this.ownName = ownName;
        this.locale = locale;
    }

    /// As on the command line and in files: `en` or `zh`.
    public String code() {
        return code;
    }

    /// The language's name in itself.
    public String ownName() {
        return ownName;
    }

    public Locale locale() {
        return locale;
    }

    /// The language of a code or locale tag; English for others.
    public static Language of(String code) {
        return code.toLowerCase(Locale.ROOT).startsWith(CHINESE.code) ? CHINESE : ENGLISH;
    }
}
