package terrazzo.data.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegMeta;
import terrazzo.data.transforms.Pipeline;
import terrazzo.data.transforms.Transforms;

/// Images in one folder tree and label maps in another, whose names differ only in their endings.
///
/// Samples are in the order of their paths, or of `ann_file`. Only names are kept in memory.
public final class BaseSegDataset implements Dataset {

    /// Where samples lie.
    ///
    /// @param imgDir folder of the images
    /// @param annDir folder of the label maps; empty when there are none
    /// @param annFile list of names; empty to take every image of the folder
    /// @param imgSuffix ending of images
    /// @param segMapSuffix ending of label maps
    /// @param indices which samples to take; empty for all
    public record Files(
            Path imgDir,
            Optional<Path> annDir,
            Optional<Path> annFile,
            String imgSuffix,
            String segMapSuffix,
            Indices indices) {}

    private final Files files;
    private final Metainfo metainfo;
    private final Pipeline pipeline;
    private final int ignoreIndex;
    private final Object lock = new Object();
    private @Nullable List<String> names;

    private BaseSegDataset(Files files, Metainfo metainfo, Pipeline pipeline, int ignoreIndex) {
        this.files = files;
        this.metainfo = metainfo;
        this.pipeline = pipeline;
        this.ignoreIndex = ignoreIndex;
    }

    /// Reads the settings of a data set; looks for its files at once unless `lazy_init` is set.
    static BaseSegDataset read(ConfigNode c, DatasetDefaults defaults, Transforms transforms) {
        // defaults: mmseg v1.0.0rc0
        c.ignoring("type", "filter_cfg", "serialize_data", "max_refetch", "file_client_args", "backend_args");
        Metainfo metainfo = new MetainfoReader(defaults).read(c);
        boolean testMode = c.bool("test_mode", false);
        if (testMode && metainfo.classes().isEmpty()) {
            throw c.error("metainfo.classes", "names of the classes", "none", "add metainfo=dict(classes=(...))");
        }
        Pipeline pipeline = transforms.pipeline(c.nodes("pipeline"));
        int ignoreIndex = c.integer("ignore_index", 255);
        boolean lazy = c.bool("lazy_init", false);
        Files files = readFiles(c, defaults);
        c.done();
        BaseSegDataset dataset = new BaseSegDataset(files, metainfo, pipeline, ignoreIndex);
        if (!lazy) {
            dataset.names();
        }
        return dataset;
    }

    private static Files readFiles(ConfigNode c, DatasetDefaults defaults) {
        Path root = Path.of(c.string("data_root", ""));
        Optional<ConfigNode> prefix = c.optionalNode("data_prefix");
        Optional<Path> imgDir = prefix.flatMap(p -> path(root, p, "img_path"));
        Optional<Path> annDir = prefix.flatMap(p -> path(root, p, "seg_map_path"));
        prefix.ifPresent(ConfigNode::done);
        Optional<Path> annFile = c.string("ann_file", "").isEmpty() ? Optional.empty() : path(root, c, "ann_file");
        if (defaults.needsAnnFile() && annFile.isEmpty()) {
            throw c.error("ann_file", "a list of image names", "none", defaults.name() + " can't do without");
        }
        return new Files(
                imgDir.orElseThrow(() ->
                        c.error("data_prefix.img_path", "the folder of the images", "none", "add it to data_prefix")),
                annDir,
                annFile,
                c.string("img_suffix", defaults.imgSuffix()),
                c.string("seg_map_suffix", defaults.segMapSuffix()),
                Indices.read(c));
    }

    private static Optional<Path> path(Path root, ConfigNode c, String key) {
        return c.has(key) ? Optional.of(root.resolve(c.string(key))) : Optional.empty();
    }

    @Override
    public int size() {
        return names().size();
    }

    @Override
    public Metainfo metainfo() {
        return metainfo;
    }

    /// The class index that does not count in training and evaluation.
    public int ignoreIndex() {
        return ignoreIndex;
    }

    /// Files of sample `index`.
    public SegMeta meta(int index) {
        String name = names().get(index);
        String image = files.imgDir().resolve(name).toString();
        // Every occurrence is replaced, as the reference does, and for lists the name ends in the suffix once.
        String label = files.annFile().isPresent()
                ? name.substring(0, name.length() - files.imgSuffix().length()) + files.segMapSuffix()
                : name.replace(files.imgSuffix(), files.segMapSuffix());
        return SegMeta.of(
                image, files.annDir().map(dir -> dir.resolve(label).toString()).orElse(null));
    }

    @Override
    public Results get(int index, Draws draws) {
        return pipeline.apply(Results.of(meta(index), metainfo.labelRule()), draws);
    }

    private List<String> names() {
        synchronized (lock) {
            if (names == null) {
                SampleFiles samples = new SampleFiles(files.imgDir(), files.imgSuffix());
                List<String> all = files.annFile().map(samples::listed).orElseGet(samples::walk);
                names = files.indices().of(all);
            }
            return names;
        }
    }
}
