package terrazzo.app.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import terrazzo.core.Size;

class TileEditTest {

    private static final String STROKE = "edit.brush";

    private static void paint(byte[] labels, int width, int x, int y, int side, byte label) {
        for (int i = Math.max(0, y); i < Math.min(labels.length / width, y + side); i++) {
            for (int j = Math.max(0, x); j < Math.min(width, x + side); j++) {
                labels[i * width + j] = label;
            }
        }
    }

    @RepeatedTest(60)
    void strokesAreTakenBackAndDoneAgainExactly(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int height = random.nextInt(1, 200);
        int width = random.nextInt(1, 200);
        byte[] labels = new byte[height * width];
        random.nextBytes(labels);
        byte[] before = labels.clone();
        var size = new Size(height, width);
        TileRecorder recorder = new TileRecorder(size, labels);
        for (int i = 0; i < 5; i++) {
            int x = random.nextInt(-20, width + 20);
            int y = random.nextInt(-20, height + 20);
            int side = random.nextInt(1, 50);
            recorder.touch(x, y, new Size(side, side));
            paint(labels, width, x, y, side, (byte) i);
        }
        byte[] after = labels.clone();
        recorder.finish(STROKE).ifPresent(edit -> {
            edit.inverse().applyTo(labels);
            assertArrayEquals(before, labels);
            edit.applyTo(labels);
        });
        assertArrayEquals(after, labels);
    }

    @RepeatedTest(30)
    void runsUnpackToWhatWasPacked(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] labels = new byte[random.nextInt(0, 1500)];
        byte label = 0;
        for (int i = 0; i < labels.length; i++) {
            label = random.nextInt(100) == 0 ? (byte) random.nextInt(256) : label; // runs around 100 and above 256
            labels[i] = label;
        }
        assertArrayEquals(labels, Runs.pack(labels).unpack());
    }

    @Test
    void aStrokeCostsWhatItTouchesNotTheWholeMap() {
        var size = new Size(8192, 8192);
        byte[] labels = new byte[8192 * 8192];
        TileRecorder recorder = new TileRecorder(size, labels);
        recorder.touch(1000, 1000, new Size(32, 32));
        paint(labels, 8192, 1000, 1000, 32, (byte) 3);
        TileEdit edit = recorder.finish(STROKE).orElseThrow();
        // 1000 to 1032 lies in columns and rows 15 and 16 of 64 px
        assertEquals(4, edit.tiles().size());
        assertTrue(edit.sizeBytes() < 2000, edit.sizeBytes() + " bytes");
    }

    @Test
    void aStrokeThatChangesNothingIsNoEdit() {
        byte[] labels = new byte[100];
        TileRecorder recorder = new TileRecorder(new Size(10, 10), labels);
        recorder.touch(0, 0, new Size(10, 10));
        assertTrue(recorder.finish(STROKE).isEmpty());
    }

    @Test
    void refusesAMapOfAnotherSize() {
        byte[] labels = new byte[100];
        TileRecorder recorder = new TileRecorder(new Size(10, 10), labels);
        recorder.touch(0, 0, new Size(1, 1));
        labels[0] = 1;
        TileEdit edit = recorder.finish(STROKE).orElseThrow();
        String text = assertThrows(IllegalArgumentException.class, () -> edit.applyTo(new byte[99]))
                .getMessage();
        assertEquals("expected a label map of 10x10, got 99 pixels", text);
    }

    @Test
    void theUndoStackBoundsStrokesInBytes() {
        byte[] labels = new byte[128 * 128];
        var size = new Size(128, 128);
        UndoStack stack = new UndoStack(
                edit -> {
                    if (edit instanceof TileEdit tiles) {
                        tiles.applyTo(labels);
                    }
                },
                100_000,
                () -> 0);
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            TileRecorder recorder = new TileRecorder(size, labels);
            recorder.touch(0, 0, size);
            random.nextBytes(labels);
            recorder.finish(STROKE).ifPresent(stack::keep);
            assertTrue(stack.sizeBytes() <= 100_000);
        }
    }
}
