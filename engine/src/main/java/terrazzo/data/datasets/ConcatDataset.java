package terrazzo.data.datasets;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Several data sets of the same classes, one after the other.
public final class ConcatDataset implements Dataset {

    private final List<Dataset> parts;

    /// @param parts at least one, all with the same metainfo
    public ConcatDataset(List<Dataset> parts) {
        this.parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("expected one data set or more, got none");
        }
    }

    static ConcatDataset read(ConfigNode c, Datasets catalogue) {
        c.ignoring("type", "lazy_init");
        List<Dataset> parts = c.nodes("datasets").stream().map(catalogue::build).toList();
        if (parts.isEmpty()) {
            throw c.error("datasets", "a list of data sets", "none", "");
        }
        for (int i = 1; i < parts.size(); i++) {
            if (!parts.get(i).metainfo().equals(parts.getFirst().metainfo())) {
                throw c.error(
                        "datasets",
                        "data sets with the same classes, palette and label rules",
                        "datasets[" + i + "] that differs from datasets[0]",
                        "give both the same metainfo");
            }
        }
        c.done();
        return new ConcatDataset(parts);
    }

    @Override
    public int size() {
        return parts.stream().mapToInt(Dataset::size).reduce(0, Math::addExact);
    }

    @Override
    public Results get(int index, Draws draws) {
        int at = index;
        for (Dataset part : parts) {
            if (at < part.size()) {
                return part.get(at, draws);
            }
            at -= part.size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public List<Dataset> parts() {
        return parts;
    }

    @Override
    public Metainfo metainfo() {
        return parts.getFirst().metainfo();
    }
}
