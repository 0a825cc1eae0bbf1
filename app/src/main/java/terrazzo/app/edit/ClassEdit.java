package terrazzo.app.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A change of how classes look.
///
/// @param kind what the user did
/// @param changes by class; each class once
public record ClassEdit(Kind kind, List<Change> changes) implements Edit {

    private static final int BYTES_PER_CHANGE = 96;

    /// What the user did.
    public enum Kind {
        /// Chose a colour.
        COLOUR("edit.colour"),
        /// Took other colours for all classes.
        PALETTE("edit.palette"),
        /// Showed or hid classes.
        VISIBILITY("edit.visibility"),
        /// Showed one class alone, or all again.
        SOLO("edit.solo"),
        /// Called a class something else.
        NAME("edit.name");

        private final String textKey;

        Kind(String textKey) {
            this.textKey = textKey;
        }
    }

    /// How a class looks.
    ///
    /// @param name shown to the user
    /// @param rgb `0xRRGGBB`
    /// @param isVisible whether it is shown while no class is alone
    /// @param isSolo whether it is shown alone
    public record Look(String name, int rgb, boolean isVisible, boolean isSolo) {}

    /// @param index of the class
    /// @param before how it looked
    /// @param after how it looks now
    public record Change(int index, Look before, Look after) {}

    public ClassEdit {
        changes = List.copyOf(changes);
    }

    @Override
    public ClassEdit inverse() {
        return new ClassEdit(
                kind,
                changes.stream()
                        .map(c -> new Change(c.index, c.after, c.before))
                        .toList());
    }

    @Override
    public long sizeBytes() {
        return (long) BYTES_PER_CHANGE * changes.size();
    }

    @Override
    public String textKey() {
        return kind.textKey;
    }

    /// A colour that is still being chosen gives many edits of one class.
    @Override
    public Optional<Edit> merge(Edit next) {
        if (kind != Kind.COLOUR || !(next instanceof ClassEdit other) || other.kind != kind) {
            return Optional.empty();
        }
        List<Change> joined = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (other.changes.size() != changes.size() || other.changes.get(i).index != changes.get(i).index) {
                return Optional.empty();
            }
            joined.add(new Change(changes.get(i).index, changes.get(i).before, other.changes.get(i).after));
        }
        return Optional.of(new ClassEdit(kind, joined));
    }
}
