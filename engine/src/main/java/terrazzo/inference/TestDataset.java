package terrazzo.inference;

import java.util.Optional;
import terrazzo.config.ConfigNode;

/// The data set that a config tests with: that of its test loader, else of its validation loader.
final class TestDataset {

    private TestDataset() {}

    static Optional<ConfigNode> find(ConfigNode root) {
        return root.optionalNode("test_dataloader")
                .or(() -> root.optionalNode("val_dataloader"))
                .flatMap(loader -> loader.optionalNode("dataset"));
    }

    /// The one inside, where it repeats or wraps another.
    static ConfigNode innermost(ConfigNode dataset) {
        ConfigNode inner = dataset;
        while (inner.optionalNode("dataset").isPresent()) {
            inner = inner.node("dataset");
        }
        return inner;
    }
}
