/// What a user can take back: edits are data with an inverse, kept on an [terrazzo.app.edit.UndoStack] that is bounded
/// in bytes. A document is whatever applies them: the classes of a model, a label map.
@NullMarked
package terrazzo.app.edit;

import org.jspecify.annotations.NullMarked;
