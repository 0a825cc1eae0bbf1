package terrazzo.inference.overlay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.core.AtomicFile;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.Palette;

/// Palettes as users have them in files:
///
/// - a JSON list of `[r, g, b]` or `"#rrggbb"`, or an object with such a list named `palette`, and perhaps with names
/// in
///   a list named `classes`
/// - a GIMP palette
/// - lines of `r g b`, `r, g, b` or `#rrggbb`; empty ones and those that start with `;` or two slashes are skipped
public final class PaletteFile {

    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final Pattern HEX = Pattern.compile("#?([0-9a-fA-F]{6})");
    private static final Pattern TRIPLE =
            Pattern.compile("\\[?\\s*(\\d{1,9})[\\s,]+(\\d{1,9})[\\s,]+(\\d{1,9})\\s*]?,?");
    private static final Pattern GIMP_ROW = Pattern.compile("(\\d{1,9})\\s+(\\d{1,9})\\s+(\\d{1,9})(\\s.*)?");
    private static final String FORMATS =
            "pass lines of 'r g b' or '#rrggbb', a JSON list of [r, g, b], or a GIMP palette (.gpl)";

    private PaletteFile() {}

    /// Colours and what they stand for.
    ///
    /// @param palette colours by class index
    /// @param names one for each colour, or none
    public record Named(Palette palette, List<String> names) {

        public Named {
            names = List.copyOf(names);
            if (!names.isEmpty() && names.size() != palette.size()) {
                throw new IllegalArgumentException(
                        "expected a name for each of " + palette.size() + " colours, got " + names.size());
            }
        }
    }

    /// Reads a file of at most 1 MiB in UTF-8, see [#parse].
    ///
    /// @throws DatasetException when the file is absent, too large, or no palette
    public static Palette load(Path file) {
        return loadNamed(file).palette();
    }

    /// Reads colours, and names where a JSON file has one for each colour.
    ///
    /// @throws DatasetException when the file is absent, too large, or no palette
    public static Named loadNamed(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_FILE_BYTES) {
                throw new DatasetException(Complaint.at(file.toString())
                        .expected("a palette of at most 1 MiB")
                        .got(bytes + " bytes"));
            }
            // Malformed UTF-8 becomes replacement characters, which the parser then refuses with their line.
            return read(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            String got = Files.exists(file) ? "a file that can't be read" : "no such file";
            throw new DatasetException(
                    Complaint.at(file.toString()).expected("a palette file").got(got), e);
        }
    }

    /// Writes a JSON object of `classes` and `palette`, as [#loadNamed] reads it.
    ///
    /// @throws DatasetException when the file can't be written
    public static void save(Path file, Named colours) {
        StringJoiner names = new StringJoiner(",\n    ", "\"classes\": [\n    ", "\n  ],\n  ");
        colours.names().forEach(name -> names.add(TextNode.valueOf(name).toString()));
        StringJoiner triples = new StringJoiner(",\n    ", "\"palette\": [\n    ", "\n  ]\n}\n");
        colours.palette().toTriples().forEach(rgb -> triples.add(rgb.toString()));
        try {
            AtomicFile.writeText(file, "{\n  " + (colours.names().isEmpty() ? "" : names.toString()) + triples);
        } catch (IOException e) {
            throw new DatasetException(
                    Complaint.at(file.toString()).expected("a writable file").got(String.valueOf(e.getMessage())), e);
        }
    }

    /// @param where names the origin in messages
    /// @throws DatasetException when the text is no palette; the message names the line or the colour
    public static Palette parse(String where, String text) {
        return read(where, text).palette();
    }

    private static Named read(String where, String text) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String start = body.stripLeading();
        if (start.startsWith("{")
                || start.startsWith("[[")
                || start.startsWith("[\"")
                || start.matches("(?s)\\[\\s*[\\[\"].*")) {
            return json(where, start);
        }
        return new Named(lines(where, body, start.startsWith("GIMP Palette")), List.of());
    }

    private static Named json(String where, String text) {
        JsonNode root;
        try {
            root = new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            String line = where + ":" + e.getLocation().getLineNr();
            throw new DatasetException(
                    Complaint.at(line).expected("JSON").got("a syntax error").advice(FORMATS), e);
        }
        JsonNode list = root.isObject() ? root.path("palette") : root;
        if (!list.isArray()) {
            throw new DatasetException(Complaint.at(where)
                    .expected("a list named 'palette'")
                    .got("an object without it")
                    .advice(FORMATS));
        }
        Colours colours = new Colours(where);
        for (int i = 0; i < list.size(); i++) {
            JsonNode colour = list.get(i);
            String name = "colour " + i;
            Matcher hex = HEX.matcher(colour.asText());
            if (colour.isTextual() && hex.matches()) {
                colours.add(Integer.parseInt(hex.group(1), 16));
            } else if (colour.isArray() && allInts(colour)) {
                List<Integer> parts = new ArrayList<>();
                colour.forEach(part -> parts.add(part.intValue()));
                colours.add(name, parts);
            } else {
                throw colours.refused(name, colour.toString());
            }
        }
        Palette palette = colours.toPalette();
        List<String> names = new ArrayList<>();
        root.path("classes").forEach(name -> names.add(name.asText()));
        return new Named(palette, names.size() == palette.size() ? names : List.of());
    }

    private static boolean allInts(JsonNode list) {
        for (JsonNode part : list) {
            if (!part.isInt()) {
                return false;
            }
        }
        return true;
    }

    private static Palette lines(String where, String text, boolean gimp) {
        Colours colours = new Colours(where);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || (gimp ? isGimpHeader(line) : line.startsWith("//") || line.startsWith(";"))) {
                continue;
            }
            Matcher hex = HEX.matcher(line);
            Matcher triple = (gimp ? GIMP_ROW : TRIPLE).matcher(line);
            if (!gimp && hex.matches()) {
                colours.add(Integer.parseInt(hex.group(1), 16));
            } else if (triple.matches()) {
                colours.add(
                        "line " + (i + 1),
                        List.of(
                                Integer.valueOf(triple.group(1)),
                                Integer.valueOf(triple.group(2)),
                                Integer.valueOf(triple.group(3))));
            } else {
                throw colours.refused("line " + (i + 1), "'" + shortened(line) + "'");
            }
        }
        return colours.toPalette();
    }

    private static boolean isGimpHeader(String line) {
        return line.startsWith("GIMP Palette")
                || line.startsWith("#")
                || line.startsWith("Name:")
                || line.startsWith("Columns:");
    }

    private static String shortened(String line) {
        return line.length() <= 40 ? line : line.substring(0, 40) + "…";
    }

    /// Colours while they are read, checked one by one.
    private static final class Colours {

        private final String where;
        private final List<Integer> rgb = new ArrayList<>();

        Colours(String where) {
            this.where = where;
        }

        void add(int colour) {
            rgb.add(colour);
        }

        void add(String name, List<Integer> parts) {
            if (parts.size() != 3 || parts.stream().anyMatch(part -> part < 0 || part > 255)) {
                throw refused(name, parts.toString());
            }
            rgb.add((parts.get(0) << 16) | (parts.get(1) << 8) | parts.get(2));
        }

        DatasetException refused(String name, String got) {
            return new DatasetException(Complaint.at(where + ": " + name)
                    .expected("three numbers from 0 to 255 or #rrggbb")
                    .got(got)
                    .advice(FORMATS));
        }

        Palette toPalette() {
            if (rgb.isEmpty() || rgb.size() > 256) {
                throw new DatasetException(
                        Complaint.at(where).expected("1 to 256 colours").got(rgb.isEmpty() ? "none" : "" + rgb.size()));
            }
            return new Palette(rgb);
        }
    }
}
