package terrazzo.data.datasets;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// A data set over and over again, so that an epoch over few images is not over at once.
///
/// @param dataset what is repeated
/// @param times how often, 1 or more
public record RepeatDataset(Dataset dataset, int times) implements Dataset {

    static RepeatDataset read(ConfigNode c, Datasets catalogue) {
        c.ignoring("type", "lazy_init");
        int times = c.integer("times");
        if (times < 1) {
            throw c.error("times", "1 or more", String.valueOf(times), "");
        }
        Dataset dataset = catalogue.build(c.node("dataset"));
        c.done();
        return new RepeatDataset(dataset, times);
    }

    @Override
    public int size() {
        return Math.multiplyExact(dataset.size(), times);
    }

    @Override
    public Results get(int index, Draws draws) {
        return dataset.get(index % dataset.size(), draws);
    }

    @Override
    public List<Dataset> parts() {
        return List.of(dataset);
    }

    @Override
    public Metainfo metainfo() {
        return dataset.metainfo();
    }
}
