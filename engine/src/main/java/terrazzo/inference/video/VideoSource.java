package terrazzo.inference.video;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;

/// An open video whose frames are read one after the other as 8-bit BGR, the layout of
/// [terrazzo.core.image.Raster]. For one thread at a time; must be closed.
public final class VideoSource implements AutoCloseable {

    private final String name;
    private final FFmpegFrameGrabber grabber;
    private final VideoFormat format;
    private final byte[] turned;

    private VideoSource(String name, FFmpegFrameGrabber grabber, VideoFormat format) {
        this.name = name;
        this.grabber = grabber;
        this.format = format;
        this.turned =
                new byte[format.rotationDegrees() == 0 ? 0 : (int) format.size().area() * 3];
    }

    /// Opens a file, a stream (`rtsp://…`, `http://…`) or a camera (`camera:0`, or its number alone).
    ///
    /// @throws MediaException when there is no such file or camera, or it holds no video that can be decoded
    public static VideoSource open(String input) {
        boolean camera = input.matches("(camera:)?\\d{1,3}");
        boolean remote = input.contains("://");
        if (!camera && !remote) {
            checkFile(Path.of(input));
        }
        avutil.av_log_set_level(avutil.AV_LOG_FATAL); // failures reach the user as exceptions
        FFmpegFrameGrabber grabber = camera ? camera(input.replace("camera:", "")) : new FFmpegFrameGrabber(input);
        grabber.setPixelFormat(avutil.AV_PIX_FMT_BGR24);
        try {
            grabber.start();
            return new VideoSource(input, grabber, format(input, grabber, camera || remote));
        } catch (FFmpegFrameGrabber.Exception e) {
            release(grabber);
            Complaint complaint = camera
                    ? Complaint.at(input)
                            .expected("a camera")
                            .got("none that can be opened")
                            .advice("plug it in, close what else uses it, or try another number")
                    : Complaint.at(input).expected("a video").got("data that can't be decoded");
            throw new MediaException(complaint, e);
        } catch (MediaException e) {
            release(grabber);
            throw e;
        }
    }

    /// Opens a file, see [#open(String)].
    public static VideoSource open(Path file) {
        checkFile(file);
        return open(file.toAbsolutePath().toString());
    }

    private static void checkFile(Path file) {
        String got = "";
        if (!Files.exists(file)) {
            got = "no such file";
        } else if (Files.isDirectory(file)) {
            got = "a folder";
        } else if (file.toFile().length() == 0) {
            got = "an empty file";
        }
        if (!got.isEmpty()) {
            throw new MediaException(
                    Complaint.at(file.toString()).expected("a video").got(got));
        }
    }

    /// FFmpeg has one capture format per system; each takes the camera's number in its own form.
    private static FFmpegFrameGrabber camera(String number) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean linux = system.contains("linux");
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(linux ? "/dev/video" + number : number);
        grabber.setFormat(linux ? "video4linux2" : system.contains("mac") ? "avfoundation" : "vfwcap");
        return grabber;
    }

    private static VideoFormat format(String input, FFmpegFrameGrabber grabber, boolean live) {
        if (!grabber.hasVideo() || grabber.getImageWidth() <= 0 || grabber.getImageHeight() <= 0) {
            String got = grabber.hasAudio() ? "sound without pictures" : "no video stream";
            throw new MediaException(Complaint.at(input).expected("a video").got(got));
        }
        // The display matrix turns counter-clockwise; angles other than quarter turns are not used by cameras.
        int rotation = Math.floorMod(-(int) Math.rint(grabber.getDisplayRotation() / 90), 4) * 90;
        int width = grabber.getImageWidth();
        int height = grabber.getImageHeight();
        Size shown = rotation % 180 == 0 ? new Size(height, width) : new Size(width, height);
        double rate = grabber.getFrameRate();
        boolean rated = rate > 0 && rate <= 1000; // containers without a rate give 0 or the time base
        int frames = grabber.getLengthInVideoFrames();
        return new VideoFormat(shown, rated ? rate : 25, live || frames <= 0 ? -1 : frames, rotation);
    }

    public VideoFormat format() {
        return format;
    }

    /// Reads the next frame.
    ///
    /// @param bgr `height * width * 3` bytes to be overwritten
    /// @return false at the end, when nothing was written
    /// @throws MediaException when the frame can't be decoded or has another size than the first
    public boolean read(byte[] bgr) {
        Size size = format.size();
        if (bgr.length != size.area() * 3) {
            throw new IllegalArgumentException(
                    "expected " + size.area() * 3 + " bytes for " + size + ", got " + bgr.length);
        }
        Frame frame = grab(true);
        if (frame == null || frame.image == null) {
            return false;
        }
        boolean upright = format.rotationDegrees() % 180 == 0;
        int width = upright ? size.width() : size.height();
        int height = upright ? size.height() : size.width();
        if (frame.imageWidth != width || frame.imageHeight != height) {
            throw new MediaException(Complaint.at(name)
                    .expected("frames of " + new Size(height, width) + " like the first")
                    .got("one of " + new Size(frame.imageHeight, frame.imageWidth)));
        }
        byte[] stored = format.rotationDegrees() == 0 ? bgr : turned;
        ByteBuffer pixels = (ByteBuffer) frame.image[0];
        for (int y = 0; y < height; y++) {
            pixels.get(y * frame.imageStride, stored, y * width * 3, width * 3);
        }
        if (format.rotationDegrees() != 0) {
            QuarterTurn.clockwise(format.rotationDegrees(), new Size(height, width), stored, bgr);
        }
        return true;
    }

    /// Passes over the next frame: it is decoded, as those after it need it, and not converted.
    ///
    /// @return false at the end
    /// @throws MediaException when the frame can't be decoded
    public boolean skip() {
        return grab(false) != null;
    }

    private @Nullable Frame grab(boolean isConverted) {
        try {
            return grabber.grabFrame(false, true, isConverted, false);
        } catch (FFmpegFrameGrabber.Exception e) {
            throw new MediaException(
                    Complaint.at(name)
                            .expected("a frame")
                            .got("data that can't be decoded at " + "%.2f s".formatted(positionSeconds())),
                    e);
        }
    }

    /// Goes to a frame, so that the next [#read] returns it. Takes up to a second where key frames are far apart.
    ///
    /// @param frame from 0
    /// @throws MediaException when the source can't seek
    public void seek(long frame) {
        try {
            grabber.setVideoTimestamp(Math.round(frame * 1e6 / format.framesPerSecond()));
        } catch (FFmpegFrameGrabber.Exception e) {
            throw new MediaException(
                    Complaint.at(name).expected("a video that can be sought").got("a failure at frame " + frame), e);
        }
    }

    /// When the last frame read is shown, in seconds from the start.
    public double positionSeconds() {
        return grabber.getTimestamp() / 1e6;
    }

    @Override
    public void close() {
        release(grabber);
    }

    private static void release(FFmpegFrameGrabber grabber) {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            throw new IllegalStateException("FFmpeg's buffers can't be released", e);
        }
    }
}
