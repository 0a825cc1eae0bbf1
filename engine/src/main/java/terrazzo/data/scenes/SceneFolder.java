package terrazzo.data.scenes;

import java.nio.file.Path;
import java.util.Locale;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;

/// A data set of scenes on disk, laid out as MMSegmentation's base data set finds it: `img_dir/train`, `img_dir/val`,
/// `ann_dir/train`, `ann_dir/val`, files `scene_00000.png` on both sides.
///
/// @param train number of scenes in the training split, at least 0
/// @param val number of scenes in the validation split, at least 0; they follow those for training in the generator
/// @param size of all scenes
/// @param labels how classes are numbered and coloured
public record SceneFolder(int train, int val, Size size, SceneLabels labels) {

    public SceneFolder {
        if (train < 0 || val < 0) {
            throw new IllegalArgumentException("expected 0 or more scenes, got " + train + " and " + val);
        }
    }

    /// Writes all files; those that exist are replaced. When cancelled, what was written stays.
    ///
    /// @throws java.util.concurrent.CancellationException when asked to stop
    /// @throws terrazzo.core.error.MediaException when a file can't be written
    public void write(Path root, SceneGenerator generator, Progress progress, Cancellation cancellation) {
        for (int i = 0; i < train + val; i++) {
            cancellation.check();
            String split = i < train ? "train" : "val";
            String name = String.format(Locale.ROOT, "scene_%05d.png", i < train ? i : i - train);
            Scene scene = generator.scene(i, size);
            ImageFile.save(root.resolve("img_dir").resolve(split).resolve(name), scene.image());
            LabelMapFile.save(
                    root.resolve("ann_dir").resolve(split).resolve(name),
                    labels.number(scene.labels()),
                    labels.palette());
            progress.at(i + 1, train + val, name);
        }
    }
}
