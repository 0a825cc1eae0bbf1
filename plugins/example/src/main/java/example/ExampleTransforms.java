package example;

import terrazzo.data.transforms.Transforms;
import terrazzo.data.transforms.TransformsExtension;

/// Adds a step to what pipelines can name.
public final class ExampleTransforms implements TransformsExtension {

    @Override
    public Transforms extend(Transforms transforms) {
        return transforms.with("GreyWorld", (c, _) -> GreyWorld.read(c));
    }
}
