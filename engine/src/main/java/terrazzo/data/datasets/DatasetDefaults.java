package terrazzo.data.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import terrazzo.core.image.Palette;

/// What a registered data set knows before its settings are read.
///
/// @param name registered name
/// @param imgSuffix ending of image files
/// @param segMapSuffix ending of label files
/// @param reduceZeroLabel whether 0 in label files means "no class"
/// @param needsAnnFile whether a list of files must be given
/// @param classes names by class index; empty when the settings must give them
/// @param palette one colour per class
public record DatasetDefaults(
        String name,
        String imgSuffix,
        String segMapSuffix,
        boolean reduceZeroLabel,
        boolean needsAnnFile,
        List<String> classes,
        Palette palette) {

    /// A data set of which nothing is known: `BaseSegDataset`, and `CustomDataset` of 0.x.
    static DatasetDefaults unknown(String name) {
        return new DatasetDefaults(name, ".jpg", ".png", false, false, List.of(), new Palette(List.of()));
    }

    /// Reads `terrazzo/datasets/NAME.json` of the resources.
    ///
    /// @throws UncheckedIOException when it is not there: a fault of the build
    public static DatasetDefaults load(String name) {
        String path = "/terrazzo/datasets/" + name + ".json";
        try (InputStream in = DatasetDefaults.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no resource " + path);
            }
            return of(name, new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatasetDefaults of(String name, JsonNode json) {
        List<String> classes = new ArrayList<>();
        List<List<Integer>> colors = new ArrayList<>();
        for (JsonNode entry : json.get("classes")) {
            classes.add(entry.get("name").asText());
            JsonNode rgb = entry.get("color");
            colors.add(
                    List.of(rgb.get(0).asInt(), rgb.get(1).asInt(), rgb.get(2).asInt()));
        }
        return new DatasetDefaults(
                name,
                json.get("img_suffix").asText(),
                json.get("seg_map_suffix").asText(),
                json.get("reduce_zero_label").asBoolean(),
                json.get("needs_ann_file").asBoolean(),
                classes,
                Palette.ofTriples(colors));
    }

    public DatasetDefaults {
        classes = List.copyOf(classes);
    }
}
