package terrazzo.app.l10n;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// The texts of the current language by key, from `terrazzo/text/studio_LANG.properties` in the resources. Bindings
/// change with the language while the studio runs.
public final class Texts {

    private static final String FOLDER = "terrazzo/text/";

    private final Map<Language, Properties> textsByLanguage = new EnumMap<>(Language.class);
    private final ObjectProperty<Language> language = new SimpleObjectProperty<>(Language.ENGLISH);

    public Texts(Language initial) {
        for (Language each : Language.values()) {
            textsByLanguage.put(each, new Properties());
        }
        add(Texts.class.getClassLoader(), FOLDER + "studio");
        language.set(initial);
    }

    /// Adds the texts of a plugin: `NAME_en.properties` and `NAME_zh.properties`, found by its class loader.
    public void add(ClassLoader loader, String name) {
        for (Language each : Language.values()) {
            String file = name + "_" + each.code() + ".properties";
            try (InputStream in = loader.getResourceAsStream(file)) {
                if (in != null) {
                    textsOf(each).load(new InputStreamReader(in, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("can't read " + file, e);
            }
        }
    }

    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    public Language language() {
        return language.get();
    }

    /// The text of a key with `{0}`, `{1}` … replaced; in English where a translation is missing.
    public String get(String key, Object... arguments) {
        String text = textsOf(language()).getProperty(key);
        if (text == null) {
            text = textsOf(Language.ENGLISH).getProperty(key, key);
        }
        return arguments.length == 0 ? text : new MessageFormat(text, language().locale()).format(arguments);
    }

    /// The text of a key, following the language.
    public StringBinding bind(String key, Object... arguments) {
        return Bindings.createStringBinding(() -> get(key, arguments), language);
    }

    /// The keys that a language has texts for.
    Set<String> keys(Language which) {
        return textsOf(which).stringPropertyNames();
    }

    private Properties textsOf(Language which) {
        return textsByLanguage.computeIfAbsent(which, _ -> new Properties());
    }
}
