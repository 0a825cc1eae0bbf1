package terrazzo.data.datasets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.data.transforms.Transforms;

/// The catalogue of data sets by registered name. Immutable; plugins add theirs with [#with].
public final class Datasets {

    /// Each has a file `terrazzo/datasets/NAME.json` in the resources.
    private static final List<String> DESCRIBED = List.of(
            "ADE20KDataset",
            "CamVidDataset",
            "ChaseDB1Dataset",
            "CityscapesDataset",
            "COCOStuffDataset",
            "DarkZurichDataset",
            "DRIVEDataset",
            "HRFDataset",
            "iSAIDDataset",
            "ISPRSDataset",
            "LoveDADataset",
            "NightDrivingDataset",
            "PascalContextDataset",
            "PascalContextDataset59",
            "PascalVOCDataset",
            "PotsdamDataset",
            "SceneDataset",
            "STAREDataset");

    /// Makes a data set from its settings; inner ones come from the catalogue.
    @FunctionalInterface
    public interface Reader {
        Dataset read(ConfigNode settings, Datasets catalogue);
    }

    private final Map<String, Reader> readerByName;

    private final Transforms transforms;

    private Datasets(Map<String, Reader> readerByName, Transforms transforms) {
        this.readerByName = readerByName;
        this.transforms = transforms;
    }

    /// Every data set of MMSegmentation 1.0.0rc0, CamVid, and our own scenes.
    ///
    /// @param transforms the catalogue that pipelines are read with
    public static Datasets builtIn(Transforms transforms) {
        Map<String, Reader> m = new LinkedHashMap<>();
        for (String name : List.of("BaseSegDataset", "CustomDataset")) {
            m.put(name, (c, _) -> BaseSegDataset.read(c, DatasetDefaults.unknown(name), transforms));
        }
        for (String name : DESCRIBED) {
            m.put(name, (c, _) -> BaseSegDataset.read(c, DatasetDefaults.load(name), transforms));
        }
        m.put("ConcatDataset", ConcatDataset::read);
        m.put("RepeatDataset", RepeatDataset::read);
        m.put("MultiImageMixDataset", (c, all) -> MultiImageMixDataset.read(c, all, transforms));
        return new Datasets(m, transforms);
    }

    /// Names whose classes, palette and file endings are known, in alphabetical order.
    public static List<String> described() {
        return DESCRIBED;
    }

    /// What is known of a data set; empty for names that are not in [#described()].
    public static Optional<DatasetDefaults> defaults(String name) {
        return DESCRIBED.contains(name) ? Optional.of(DatasetDefaults.load(name)) : Optional.empty();
    }

    /// This catalogue with one more data set; a name that is there already is replaced.
    public Datasets with(String name, Reader reader) {
        Map<String, Reader> more = new LinkedHashMap<>(readerByName);
        more.put(name, reader);
        return new Datasets(more, transforms);
    }

    /// This catalogue with one more data set of images in one folder tree and label maps in another.
    ///
    /// @param defaults its name, its classes, and how its files end
    public Datasets withFolders(DatasetDefaults defaults) {
        return with(defaults.name(), (c, _) -> BaseSegDataset.read(c, defaults, transforms));
    }

    public Set<String> names() {
        return Set.copyOf(readerByName.keySet());
    }

    /// The data set that `settings` describe; its files are looked for at once unless `lazy_init` is set.
    ///
    /// @throws ConfigException when `type` is unknown, or a key is unknown or wrong
    public Dataset build(ConfigNode settings) {
        String type = settings.type();
        Reader reader = readerByName.get(type.startsWith("mmengine.") ? type.substring("mmengine.".length()) : type);
        if (reader == null) {
            throw settings.error(
                    "type", "a data set", "'" + type + "'", Nearest.suggestion(type, readerByName.keySet()));
        }
        return reader.read(settings, this);
    }
}
