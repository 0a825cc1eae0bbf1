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
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import terrazzo.core.error.Complaint;

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

    /// What the engine complains of, as one sentence. Thread-safe.
    public String sentence(Complaint complaint) {
        Function<String, String> words = language() == Language.ENGLISH ? Function.identity() : Complaints.CHINESE::of;
        String got = words.apply(complaint.got());
        String said = got;
        if (!complaint.expected().isEmpty()) {
            String expected = words.apply(complaint.expected());
            said = got.isEmpty() ? get("complaint.expected", expected) : get("complaint.got", expected, got);
        }
        if (!complaint.where().isEmpty()) {
            said = get("complaint.where", complaint.where(), said);
        }
        return complaint.advice().isEmpty() ? said : get("complaint.advice", said, words.apply(complaint.advice()));
    }

    /// The text of a key, following the language.
    public StringBinding bind(String key, Object... arguments) {
        return Bindings.createStringBinding(() -> get(key, arguments), language);
    }

    /// The keys that a language has texts for.
    Set<String> keys(Language which) {
        return textsOf(which).stringPropertyNames();
    }

    /// Read at the first complaint, which most days don't have.
    private static final class Complaints {

        static final Phrases CHINESE = Phrases.load(FOLDER + "complaints_zh.tsv");
    }

    private Properties textsOf(Language which) {
        return textsByLanguage.computeIfAbsent(which, _ -> new Properties());
    }
}
