package terrazzo.app.l10n;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the engine complains of, in another language. The engine speaks English; a phrase is found by its English words
/// as in gettext, with `{}` for what changes. A phrase that has no translation stays as it is.
final class Phrases {

    private static final Pattern HOLE = Pattern.compile("\\{(\\d?)}");

    private final List<Phrase> all;
    private final Map<String, String> exact;

    /// @param english matches the whole of it, a group for each hole
    /// @param other the translation; `{}` or `{0}` is the first hole, `{1}` the second
    /// @param template the English words with their holes
    record Phrase(Pattern english, String other, String template) {}

    private Phrases(List<Phrase> all) {
        this.all = all;
        this.exact = all.stream()
                .filter(p -> !HOLE.matcher(p.template).find())
                .collect(Collectors.toMap(Phrase::template, Phrase::other));
    }

    /// @param name of a resource with a phrase per line: English, tab, translation
    static Phrases load(String name) {
        List<Phrase> all = new ArrayList<>();
        try (InputStream in = Phrases.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line : lines.lines().toList()) {
                int tab = line.indexOf('\t');
                String template = line.substring(0, tab);
                all.add(new Phrase(pattern(template), line.substring(tab + 1), template));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + name, e);
        }
        return new Phrases(all);
    }

    /// The translation, or the same words. What fills a hole may be a phrase too.
    String of(String english) {
        String whole = exact.get(english);
        if (whole != null) {
            return whole;
        }
        for (Phrase phrase : all) {
            Matcher found = phrase.english.matcher(english);
            if (found.matches()) {
                return HOLE.matcher(phrase.other).replaceAll(hole -> {
                    int which = hole.group(1).isEmpty() ? 0 : Integer.parseInt(hole.group(1));
                    String filling = found.group(1 + which);
                    return Matcher.quoteReplacement(exact.getOrDefault(filling, filling));
                });
            }
        }
        return english;
    }

    /// For the tests.
    List<Phrase> all() {
        return all;
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(
                Pattern.compile("\\{}")
                        .splitAsStream(template + "\0") // so that a hole at the end isn't lost
                        .map(words -> Pattern.quote(words.replace("\0", "")))
                        .collect(Collectors.joining("(.+?)")),
                Pattern.DOTALL);
    }
}
