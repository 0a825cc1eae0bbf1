package terrazzo.app.edit;

import java.util.Optional;

/// One change of a document, as data.
public sealed interface Edit permits ClassEdit, TileEdit {

    /// The edit that takes this one back.
    Edit inverse();

    /// About what keeping it costs.
    long sizeBytes();

    /// What it was, in the user's words; a text key.
    String textKey();

    /// This edit and the `next` as one, where a user would take both back together; empty where not.
    Optional<Edit> merge(Edit next);
}
