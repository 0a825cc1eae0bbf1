package terrazzo.data.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import terrazzo.core.AtomicFile;

/// The small street scenes that come with Terrazzo: 24 to train on and 8 to validate, 128x96 pixels, with exact label
/// maps for `SceneDataset`.
public final class BundledScenes {

    private static final int TRAIN = 24;
    private static final int VAL = 8;

    private BundledScenes() {}

    /// Names of every file, in the layout of a data set: `img_dir/val/scene_000.png`, `ann_dir/val/scene_000.png`, ….
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String kind : List.of("img_dir", "ann_dir")) {
            add(names, kind + "/train", TRAIN);
            add(names, kind + "/val", VAL);
        }
        return names;
    }

    private static void add(List<String> names, String folder, int count) {
        for (int i = 0; i < count; i++) {
            names.add(String.format(Locale.ROOT, "%s/scene_%03d.png", folder, i));
        }
    }

    /// The bytes of one file.
    ///
    /// @param name one of [#names()]
    /// @throws IOException when there is no such scene
    public static byte[] read(String name) throws IOException {
        try (InputStream in = BundledScenes.class.getResourceAsStream("/terrazzo/scenes/" + name)) {
            if (in == null) {
                throw new IOException("no bundled scene " + name);
            }
            return in.readAllBytes();
        }
    }

    /// Writes every file under `folder`, which then is the `data_root` of a `SceneDataset`.
    ///
    /// @throws IOException when the disk refuses
    public static void copyTo(Path folder) throws IOException {
        for (String name : names()) {
            byte[] bytes = read(name);
            AtomicFile.write(folder.resolve(name), out -> out.write(bytes));
        }
    }
}
