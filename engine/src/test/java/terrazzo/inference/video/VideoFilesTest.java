package terrazzo.inference.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Size;
import terrazzo.core.error.MediaException;

class VideoFilesTest {

    @TempDir
    private Path dir;

    @Test
    void readsBackWhatItWrote() {
        Size size = new Size(64, 96);
        Path file = dir.resolve("made/here/a.mp4");
        try (VideoSink sink = VideoSink.open(file, size, 29.97)) {
            for (int i = 0; i < 12; i++) {
                sink.write(grey(size, 20 * i));
            }
            assertFalse(Files.exists(file));
            sink.finish();
        }

        try (VideoSource source = VideoSource.open(file)) {
            assertEquals(size, source.format().size());
            assertEquals(29.97, source.format().framesPerSecond(), 0.01);
            assertEquals(12, source.format().frames());
            assertEquals(12 / 29.97, source.format().durationSeconds(), 0.01);
            byte[] frame = new byte[64 * 96 * 3];
            for (int i = 0; i < 12; i++) {
                assertTrue(source.read(frame));
                assertEquals(20 * i, mean(frame), 4.0, "frame " + i);
            }
            assertFalse(source.read(frame));
        }
    }

    @Test
    void putsTheIndexInFrontOfTheFrames() throws IOException {
        Path file = dir.resolve("a.mp4");
        write(file, new Size(32, 32), 3);

        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(bytes.indexOf("moov") > 0 && bytes.indexOf("moov") < bytes.indexOf("mdat"));
        assertEquals(List.of(file), files());
    }

    @Test
    void fillsOddSizesUp() {
        Path file = dir.resolve("a.mp4");
        write(file, new Size(33, 47), 2);

        try (VideoSource source = VideoSource.open(file)) {
            assertEquals(new Size(34, 48), source.format().size());
            byte[] frame = new byte[34 * 48 * 3];
            assertTrue(source.read(frame));
            assertEquals(100, mean(frame), 4.0);
            assertEquals(100, frame[frame.length - 1] & 0xFF, 6.0);
        }
    }

    @Test
    void passesOverFrames() {
        Size size = new Size(32, 32);
        Path file = dir.resolve("a.mp4");
        try (VideoSink sink = VideoSink.open(file, size, 10)) {
            for (int i = 0; i < 8; i++) {
                sink.write(grey(size, 30 * i));
            }
            sink.finish();
        }
        try (VideoSource source = VideoSource.open(file)) {
            byte[] frame = new byte[32 * 32 * 3];
            assertTrue(source.read(frame));
            assertTrue(source.skip());
            assertTrue(source.skip());
            assertTrue(source.read(frame));
            assertEquals(90, mean(frame), 4.0);
            for (int i = 4; i < 8; i++) {
                assertTrue(source.skip());
            }
            assertFalse(source.skip());
        }
    }

    @Test
    void goesToAFrame() {
        Size size = new Size(32, 32);
        Path file = dir.resolve("a.mp4");
        try (VideoSink sink = VideoSink.open(file, size, 10)) {
            for (int i = 0; i < 25; i++) {
                sink.write(grey(size, 10 * i));
            }
            sink.finish();
        }

        try (VideoSource source = VideoSource.open(file)) {
            byte[] frame = new byte[32 * 32 * 3];
            for (int wanted : new int[] {17, 3, 20, 0}) {
                source.seek(wanted);
                assertTrue(source.read(frame));
                assertEquals(10 * wanted, mean(frame), 4.9, "frame " + wanted);
                assertEquals(wanted / 10.0, source.positionSeconds(), 0.001);
            }
        }
    }

    @Test
    void leavesNothingWhenNotFinished() throws IOException {
        Path file = Files.writeString(dir.resolve("a.mp4"), "old");
        try (VideoSink sink = VideoSink.open(file, new Size(32, 32), 25)) {
            sink.write(grey(new Size(32, 32), 9));
        }

        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void turnsFramesAsTheFileSays() throws IOException {
        Path file = dir.resolve("turned.mp4");
        // Phones store -90: the frame is to be turned clockwise. White left half becomes the upper half.
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 64, 32)) {
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
            recorder.setDisplayRotation(-90);
            recorder.setFrameRate(10);
            recorder.start();
            try (Frame frame = new Frame(64, 32, Frame.DEPTH_UBYTE, 3)) {
                ByteBuffer pixels = (ByteBuffer) frame.image[0];
                for (int i = 0; i < 32 * 64; i++) {
                    byte grey = (byte) (i % 64 < 32 ? 250 : 10);
                    pixels.put(i / 64 * frame.imageStride + i % 64 * 3, new byte[] {grey, grey, grey});
                }
                recorder.record(frame);
            }
        }

        try (VideoSource source = VideoSource.open(file)) {
            assertEquals(90, source.format().rotationDegrees());
            assertEquals(new Size(64, 32), source.format().size());
            byte[] frame = new byte[64 * 32 * 3];
            assertTrue(source.read(frame));
            assertEquals(250, frame[(5 * 32 + 16) * 3] & 0xFF, 8.0);
            assertEquals(10, frame[(60 * 32 + 16) * 3] & 0xFF, 8.0);
        }
    }

    @Test
    void turnsByEachQuarter() {
        byte[] from = {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6}; // 1 2 3 / 4 5 6
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, turned(0, from));
        assertArrayEquals(new int[] {4, 1, 5, 2, 6, 3}, turned(90, from));
        assertArrayEquals(new int[] {6, 5, 4, 3, 2, 1}, turned(180, from));
        assertArrayEquals(new int[] {3, 6, 2, 5, 1, 4}, turned(270, from));
    }

    @Test
    void namesWhatIsNoVideo() throws IOException {
        Path absent = dir.resolve("absent.mp4");
        Path empty = Files.createFile(dir.resolve("empty.mp4"));
        Path text = Files.writeString(dir.resolve("text.mp4"), "this is not a video\n".repeat(50));
        Path whole = dir.resolve("whole.mp4");
        write(whole, new Size(64, 64), 5);
        byte[] bytes = Files.readAllBytes(whole);
        Path torn = Files.write(dir.resolve("torn.mp4"), Arrays.copyOf(bytes, 300));
        Path sound = dir.resolve("sound.wav");
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(sound.toFile(), 1)) {
            recorder.setSampleRate(8000);
            recorder.setAudioCodec(avcodec.AV_CODEC_ID_PCM_S16LE);
            recorder.start();
            recorder.recordSamples(ShortBuffer.allocate(800));
        }

        assertRefused(absent + ": expected a video, got no such file", absent);
        assertRefused(dir + ": expected a video, got a folder", dir);
        assertRefused(empty + ": expected a video, got an empty file", empty);
        assertRefused(text + ": expected a video, got data that can't be decoded", text);
        assertRefused(torn + ": expected a video, got data that can't be decoded", torn);
        assertRefused(sound + ": expected a video, got sound without pictures", sound);
        assertEquals(
                "camera:99: expected a camera, got none that can be opened — plug it in, close what else uses it, or"
                        + " try another number",
                assertThrows(
                                MediaException.class,
                                () -> VideoSource.open("camera:99").close())
                        .getMessage());
    }

    @Test
    void saysWhereItCanNotWrite() throws IOException {
        Path file = Files.createFile(dir.resolve("file")).resolve("a.mp4");
        MediaException refused = assertThrows(
                MediaException.class,
                () -> VideoSink.open(file, new Size(32, 32), 25).close());

        assertTrue(refused.complaint().text().startsWith(file + ": expected a video that can be written, got "));
    }

    private static void assertRefused(String message, Path file) {
        assertEquals(
                message,
                assertThrows(MediaException.class, () -> VideoSource.open(file).close())
                        .getMessage());
    }

    private static int[] turned(int degrees, byte[] from) {
        byte[] to = new byte[from.length];
        QuarterTurn.clockwise(degrees, new Size(2, 3), from, to);
        int[] pixels = new int[6];
        for (int i = 0; i < 6; i++) {
            pixels[i] = to[i * 3 + 1];
        }
        return pixels;
    }

    private static void write(Path file, Size size, int frames) {
        try (VideoSink sink = VideoSink.open(file, size, 25)) {
            for (int i = 0; i < frames; i++) {
                sink.write(grey(size, 100));
            }
            sink.finish();
        }
    }

    private static byte[] grey(Size size, int level) {
        byte[] bgr = new byte[(int) size.area() * 3];
        Arrays.fill(bgr, (byte) level);
        return bgr;
    }

    private static double mean(byte[] bgr) {
        long sum = 0;
        for (byte level : bgr) {
            sum += level & 0xFF;
        }
        return (double) sum / bgr.length;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return all.toList();
        }
    }
}
