package terrazzo.data.datasets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import terrazzo.config.ConfigNode;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;
import terrazzo.data.transforms.MixingTransform;
import terrazzo.data.transforms.Transform;
import terrazzo.data.transforms.Transforms;

/// A data set whose pipeline may mix several samples into one, as mosaics do.
///
/// - draws what the inner data set draws, then step by step: for a mixing step its choice of samples, what each of
///   those draws, and what the step itself draws
///
/// @param dataset where samples come from
/// @param steps applied to each sample after the inner data set's own pipeline
public record MultiImageMixDataset(Dataset dataset, List<Transform> steps) implements Dataset {

    public MultiImageMixDataset {
        steps = List.copyOf(steps);
    }

    static MultiImageMixDataset read(ConfigNode c, Datasets catalogue, Transforms transforms) {
        c.ignoring("type", "lazy_init");
        Dataset dataset = catalogue.build(c.node("dataset"));
        Set<String> skipped = new HashSet<>(c.strings("skip_type_keys", List.of()));
        List<Transform> steps = new ArrayList<>();
        for (ConfigNode step : c.nodes("pipeline")) {
            Transform transform = transforms.build(step);
            if (!skipped.contains(step.type())) {
                steps.add(transform);
            }
        }
        c.done();
        return new MultiImageMixDataset(dataset, steps);
    }

    @Override
    public int size() {
        return dataset.size();
    }

    @Override
    public Results get(int index, Draws draws) {
        Results results = dataset.get(index, draws);
        for (Transform step : steps) {
            if (step instanceof MixingTransform mixing) {
                List<Results> others = mixing.indices(dataset.size(), draws).stream()
                        .map(i -> dataset.get(i, draws))
                        .toList();
                results = step.apply(results.withMixResults(others), draws).withMixResults(List.of());
            } else {
                results = step.apply(results, draws);
            }
        }
        return results;
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
