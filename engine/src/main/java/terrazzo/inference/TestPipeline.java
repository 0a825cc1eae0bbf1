package terrazzo.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.data.images.ImageFile;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.LabelRule;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegMeta;
import terrazzo.data.transforms.LoadAnnotations;
import terrazzo.data.transforms.LoadImageFromFile;
import terrazzo.data.transforms.PackSegInputs;
import terrazzo.data.transforms.Pipeline;
import terrazzo.data.transforms.Transform;
import terrazzo.data.transforms.Transforms;

/// The steps of a config's test pipeline, without ground truth.
///
/// @param steps in order; the first loads the image unless it is in memory already
public record TestPipeline(Pipeline steps) {

    /// Reads the pipeline that testing uses: the test data set's, or `test_pipeline`, or just loading.
    static TestPipeline read(ConfigNode root, Transforms transforms) {
        List<ConfigNode> settings = TestDataset.find(root)
                .map(d -> TestDataset.innermost(d).nodes("pipeline"))
                .filter(nodes -> !nodes.isEmpty())
                .orElseGet(() -> root.nodes("test_pipeline"));
        return of(transforms.pipeline(settings));
    }

    /// Any pipeline without the steps that read ground truth.
    static TestPipeline of(Pipeline pipeline) {
        List<Transform> steps = new ArrayList<>(pipeline.steps().stream()
                .filter(s -> !(s instanceof LoadAnnotations))
                .toList());
        if (steps.isEmpty()) {
            steps.add(new LoadImageFromFile(false, ImageFile.ColorType.COLOR));
            steps.add(new PackSegInputs());
        }
        return new TestPipeline(new Pipeline(steps));
    }

    /// Runs the steps on an image in memory.
    public Results apply(Results image) {
        return steps.apply(image, new Draws(0));
    }

    /// Runs the steps on an image file.
    ///
    /// @throws terrazzo.core.error.MediaException when the file is no image that can be read
    public Results load(Path image) {
        return apply(Results.of(SegMeta.of(image.toString(), null), LabelRule.NONE));
    }
}
