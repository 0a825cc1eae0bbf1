package terrazzo.data.scenes;

import java.util.Arrays;
import java.util.List;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.DatasetDefaults;

/// The labels and colours that scenes are written with: those of a data set of streets, so that scenes and photographs
/// can train a model together.
///
/// @param labels the label of each [SceneClass], in their order
/// @param palette a colour per label
public record SceneLabels(List<Integer> labels, Palette palette) {

    /// The data sets whose labels scenes can have, by registered name.
    public static final List<String> DATASETS = List.of("SceneDataset", "CamVidDataset", "CityscapesDataset");

    public SceneLabels {
        labels = List.copyOf(labels);
    }

    /// The labels of a data set.
    ///
    /// @param dataset one of [#DATASETS]
    public static SceneLabels of(String dataset) {
        if (!DATASETS.contains(dataset)) {
            throw new IllegalArgumentException("expected one of " + DATASETS + ", got " + dataset);
        }
        DatasetDefaults known = DatasetDefaults.load(dataset);
        List<Integer> labels = Arrays.stream(SceneClass.values())
                .map(c -> names(c).stream()
                        .mapToInt(known.classes()::indexOf)
                        .filter(label -> label >= 0)
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new SceneLabels(labels, known.palette());
    }

    private static List<String> names(SceneClass c) {
        return switch (c) {
            case ROAD -> List.of("road");
            case SIDEWALK -> List.of("sidewalk", "pavement");
            case BUILDING -> List.of("building");
            case VEGETATION -> List.of("vegetation", "tree");
            case SKY -> List.of("sky");
            case CAR -> List.of("car");
            case PERSON -> List.of("person", "pedestrian");
            case POLE -> List.of("pole");
        };
    }

    /// A scene's labels as this data set numbers them; [LabelMap#IGNORE] stays.
    LabelMap number(LabelMap scene) {
        byte[] numbered = scene.asBytes().clone();
        for (int i = 0; i < numbered.length; i++) {
            if (numbered[i] != (byte) LabelMap.IGNORE) {
                numbered[i] = labels.get(numbered[i]).byteValue();
            }
        }
        return new LabelMap(scene.size(), numbered);
    }
}
