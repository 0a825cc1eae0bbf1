package example;

import terrazzo.models.Parts;
import terrazzo.models.PartsExtension;

/// Adds a head and a loss to what model configs can name.
public final class ExampleParts implements PartsExtension {

    @Override
    public Parts extend(Parts parts) {
        return parts.withHead("PointwiseHead", PointwiseHead::read).withLoss("PolyLoss", (c, _) -> PolyLoss.read(c));
    }
}
