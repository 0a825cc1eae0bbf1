package terrazzo.inference;

import java.util.Optional;
import java.util.stream.IntStream;
import terrazzo.checkpoint.CheckpointMeta;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.error.EngineException;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.Datasets;
import terrazzo.data.datasets.GeneratedPalette;
import terrazzo.data.datasets.Metainfo;
import terrazzo.data.sample.LabelRule;

/// Finds out what a model's classes are called and how they are drawn.
public final class ModelMetainfo {

    private ModelMetainfo() {}

    /// The checkpoint's classes where they are as many as the model's, else those of the config's data set, else
    /// numbers.
    public static Metainfo of(ConfigNode root, CheckpointMeta meta, int numClasses, Datasets datasets) {
        if (meta.classes().size() == numClasses) {
            Palette palette = meta.palette().size() == numClasses
                    ? Palette.ofTriples(meta.palette())
                    : GeneratedPalette.of(numClasses);
            return new Metainfo(meta.classes(), palette, LabelRule.NONE);
        }
        return dataset(root, datasets)
                .filter(m -> m.classes().size() == numClasses)
                .orElseGet(() -> new Metainfo(
                        IntStream.range(0, numClasses)
                                .mapToObj(i -> "class " + i)
                                .toList(),
                        GeneratedPalette.of(numClasses),
                        LabelRule.NONE));
    }

    private static Optional<Metainfo> dataset(ConfigNode root, Datasets datasets) {
        try {
            return TestDataset.find(root)
                    .map(d -> datasets.build(d.with("lazy_init", new Value.Bool(true)))
                            .metainfo());
        } catch (EngineException _) { // a model can be used without the data set that its config was written for
            return Optional.empty();
        }
    }
}
