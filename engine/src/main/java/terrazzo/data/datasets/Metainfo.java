package terrazzo.data.datasets;

import java.util.List;
import terrazzo.core.image.Palette;
import terrazzo.data.sample.LabelRule;

/// What the classes of a data set are called and how they are drawn.
///
/// @param classes names by class index
/// @param palette one colour per class
/// @param labelRule how values in label files become class indices
public record Metainfo(List<String> classes, Palette palette, LabelRule labelRule) {

    public Metainfo {
        classes = List.copyOf(classes);
    }
}
