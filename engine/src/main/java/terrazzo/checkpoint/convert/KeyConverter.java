package terrazzo.checkpoint.convert;

import terrazzo.checkpoint.StateDict;

/// Turns the state dict of one origin into that of our backbone.
public interface KeyConverter {

    /// What the command line calls it: `timm-vit`.
    String name();

    /// Whose files it reads, in words.
    String origin();

    /// Whether the keys look like that origin's.
    boolean recognises(StateDict state);

    /// The backbone's tensors under our keys. What has no place there (classifiers, for example) is left out.
    StateDict convert(StateDict state);
}
