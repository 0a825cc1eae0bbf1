package terrazzo.app.edit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What was done to one document and can be taken back, the last first, and then done again. Bounded in bytes: when
/// there is more, the oldest edits are forgotten. UI thread only.
public final class UndoStack {

    /// What one document's edits may take, 64 MB.
    public static final long BYTES = 64L << 20;

    /// Edits that follow each other this quickly may become one.
    private static final long TOGETHER_NANOS = 700_000_000;

    private final Consumer<? super Edit> document;
    private final long maxBytes;
    private final LongSupplier clock;
    private final Deque<Edit> done = new ArrayDeque<>();
    private final Deque<Edit> undone = new ArrayDeque<>();
    private final ReadOnlyStringWrapper undoKey = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper redoKey = new ReadOnlyStringWrapper("");
    private long bytes;
    private long lastNanos;
    private boolean isOpen;

    /// @param document applies edits
    public UndoStack(Consumer<? super Edit> document) {
        this(document, BYTES, System::nanoTime);
    }

    /// @param document applies edits
    /// @param maxBytes what all edits together may take
    /// @param clock nanoseconds
    UndoStack(Consumer<? super Edit> document, long maxBytes, LongSupplier clock) {
        this.document = document;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /// Applies an edit and keeps it.
    public void perform(Edit edit) {
        document.accept(edit);
        keep(edit);
    }

    /// Keeps an edit that has been applied already, such as a stroke that was painted while it went.
    public void keep(Edit edit) {
        undone.clear();
        long now = clock.getAsLong();
        boolean isSoon = isOpen && now - lastNanos <= TOGETHER_NANOS;
        Optional<Edit> merged = isSoon && !done.isEmpty() ? done.getLast().merge(edit) : Optional.empty();
        if (merged.isPresent()) {
            bytes -= done.removeLast().sizeBytes();
        }
        Edit kept = merged.orElse(edit);
        done.addLast(kept);
        bytes += kept.sizeBytes();
        while (bytes > maxBytes && !done.isEmpty()) {
            bytes -= done.removeFirst().sizeBytes();
        }
        lastNanos = now;
        isOpen = true;
        tell();
    }

    /// Takes the last edit back; false when there is none.
    public boolean undo() {
        Edit last = done.pollLast();
        if (last == null) {
            return false;
        }
        bytes -= last.sizeBytes();
        undone.addLast(last);
        return again(last.inverse());
    }

    /// Does again what was taken back last; false when there is none.
    public boolean redo() {
        Edit next = undone.pollLast();
        if (next == null) {
            return false;
        }
        bytes += next.sizeBytes();
        done.addLast(next);
        return again(next);
    }

    private boolean again(Edit edit) {
        document.accept(edit);
        isOpen = false;
        tell();
        return true;
    }

    /// Forgets everything; the document is another one.
    public void clear() {
        done.clear();
        undone.clear();
        bytes = 0;
        tell();
    }

    /// What would be taken back, as a text key; empty for nothing.
    public ReadOnlyStringProperty undoKeyProperty() {
        return undoKey.getReadOnlyProperty();
    }

    /// What would be done again, as a text key; empty for nothing.
    public ReadOnlyStringProperty redoKeyProperty() {
        return redoKey.getReadOnlyProperty();
    }

    /// What the edits that can be taken back keep in memory.
    public long sizeBytes() {
        return bytes;
    }

    private void tell() {
        undoKey.set(done.isEmpty() ? "" : done.getLast().textKey());
        redoKey.set(undone.isEmpty() ? "" : undone.getLast().textKey());
    }
}
