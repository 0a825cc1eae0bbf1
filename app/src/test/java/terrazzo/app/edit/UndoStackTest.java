package terrazzo.app.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.app.edit.ClassEdit.Change;
import terrazzo.app.edit.ClassEdit.Kind;
import terrazzo.app.edit.ClassEdit.Look;

class UndoStackTest {

    private static final long SECOND = 1_000_000_000;

    private final List<Integer> colours = new ArrayList<>(List.of(0));
    private long now;

    private UndoStack stack(long maxBytes) {
        return new UndoStack(
                edit -> {
                    if (edit instanceof ClassEdit classes) {
                        colours.set(0, classes.changes().getFirst().after().rgb());
                    }
                },
                maxBytes,
                () -> now);
    }

    private Edit colour(int rgb) {
        return change(Kind.COLOUR, rgb);
    }

    private Edit change(Kind kind, int rgb) {
        Look before = new Look("road", colours.getFirst(), true, false);
        return new ClassEdit(kind, List.of(new Change(0, before, new Look("road", rgb, true, false))));
    }

    @Test
    void takesBackAndDoesAgain() {
        UndoStack stack = stack(1000);
        stack.perform(colour(1));
        now += SECOND;
        stack.perform(colour(2));
        assertTrue(stack.undo());
        assertEquals(List.of(1), colours);
        assertTrue(stack.undo());
        assertEquals(List.of(0), colours);
        assertFalse(stack.undo());
        assertTrue(stack.redo());
        assertTrue(stack.redo());
        assertEquals(List.of(2), colours);
        assertFalse(stack.redo());
    }

    @Test
    void whatComesAfterATakenBackEditReplacesIt() {
        UndoStack stack = stack(1000);
        stack.perform(colour(1));
        stack.undo();
        stack.perform(colour(5));
        assertFalse(stack.redo());
        assertEquals(List.of(5), colours);
    }

    @Test
    void quickEditsOfOneKindBecomeOne() {
        UndoStack stack = stack(1000);
        for (int rgb = 1; rgb <= 20; rgb++) {
            stack.perform(colour(rgb));
            now += SECOND / 10;
        }
        assertEquals(96, stack.sizeBytes()); // one change
        stack.undo();
        assertEquals(List.of(0), colours);
    }

    @Test
    void slowOrDifferentEditsStayApart() {
        UndoStack stack = stack(1000);
        stack.perform(colour(1));
        now += SECOND;
        stack.perform(colour(2));
        stack.perform(change(Kind.PALETTE, 3));
        stack.undo();
        assertEquals(List.of(2), colours);
        stack.undo();
        assertEquals(List.of(1), colours);
    }

    @Test
    void anUndoneEditDoesNotJoinTheNextOne() {
        UndoStack stack = stack(1000);
        stack.perform(colour(1));
        stack.perform(change(Kind.PALETTE, 2));
        stack.undo();
        stack.perform(colour(3));
        stack.undo();
        assertEquals(List.of(1), colours);
    }

    @Test
    void forgetsTheOldestBeyondItsBytes() {
        UndoStack stack = stack(3 * 96);
        for (int rgb = 1; rgb <= 10; rgb++) {
            stack.perform(change(Kind.PALETTE, rgb));
        }
        assertEquals(3 * 96, stack.sizeBytes());
        while (stack.undo()) {}
        assertEquals(List.of(7), colours);
        assertEquals(0, stack.sizeBytes());
    }

    @Test
    void namesWhatComesNext() {
        UndoStack stack = stack(1000);
        assertEquals("", stack.undoKeyProperty().get());
        stack.perform(colour(1));
        assertEquals("edit.colour", stack.undoKeyProperty().get());
        stack.undo();
        assertEquals("", stack.undoKeyProperty().get());
        assertEquals("edit.colour", stack.redoKeyProperty().get());
        stack.clear();
        assertEquals("", stack.redoKeyProperty().get());
    }
}
