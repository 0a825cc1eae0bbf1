package terrazzo.inference.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.jspecify.annotations.Nullable;
import terrazzo.core.AtomicFile;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;

/// Writes an MP4 file that ordinary players and browsers show: H.264 (or MPEG-4 part 2 where FFmpeg was built without
/// an H.264 encoder), 4:2:0, index at the front, no sound. 4:2:0 needs even sizes, so an odd width or height gets one
/// more column or row, a copy of the last.
///
/// The file appears under its name with [#finish], whole; [#close] without it leaves nothing. For one thread at a time.
public final class VideoSink implements AutoCloseable {

    private final Path file;
    private final Path temporary;
    private final Size size;
    private final int stride;
    private final ByteBuffer padded;
    private final FFmpegFrameRecorder recorder;
    private boolean open = true;

    private VideoSink(Path file, Path temporary, Size size, FFmpegFrameRecorder recorder) {
        this.file = file;
        this.temporary = temporary;
        this.size = size;
        this.recorder = recorder;
        this.stride = even(size.width()) * 3;
        this.padded = ByteBuffer.allocateDirect(stride * even(size.height()));
    }

    /// @param file created or replaced on [#finish]; folders that are missing are made
    /// @param size of the frames to come, at least 1x1
    /// @param framesPerSecond above 0
    /// @throws MediaException when the file can't be written or the encoder refuses the size
    public static VideoSink open(Path file, Size size, double framesPerSecond) {
        if (size.area() == 0 || !(framesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "expected a size and a rate above 0, got " + size + " at " + framesPerSecond);
        }
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        Path temporary;
        try {
            temporary = AtomicFile.temporaryFor(file);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
        FFmpegFrameRecorder recorder = recorder(temporary, size, framesPerSecond);
        try {
            recorder.start();
            return new VideoSink(file, temporary, size, recorder);
        } catch (FFmpegFrameRecorder.Exception e) {
            MediaException failure = notWritten(file, e);
            discard(recorder, temporary, failure);
            throw failure;
        }
    }

    private static FFmpegFrameRecorder recorder(Path temporary, Size size, double framesPerSecond) {
        FFmpegFrameRecorder recorder =
                new FFmpegFrameRecorder(temporary.toString(), even(size.width()), even(size.height()));
        recorder.setFormat("mp4");
        if (avcodec.avcodec_find_encoder_by_name("libopenh264") != null) {
            recorder.setVideoCodecName("libopenh264");
        } else {
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
        }
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setFrameRate(framesPerSecond);
        recorder.setGopSize((int) Math.clamp(Math.rint(framesPerSecond * 2), 1, 600)); // a place to seek to every 2 s
        recorder.setVideoBitrate((int) Math.clamp(size.area() * framesPerSecond * 0.2, 200_000, 60_000_000)); // bits/s
        recorder.setImageScalingFlags(swscale.SWS_POINT); // nothing is scaled, only converted
        recorder.setVideoOption("threads", "1"); // the network needs the other cores
        recorder.setOption("movflags", "+faststart");
        return recorder;
    }

    private static int even(int length) {
        return length + (length & 1);
    }

    /// Adds a frame.
    ///
    /// @param bgr `height * width * 3` bytes, read before this returns
    /// @throws MediaException when the disk or the encoder refuses
    public void write(byte[] bgr) {
        if (bgr.length != size.area() * 3) {
            throw new IllegalArgumentException(
                    "expected " + size.area() * 3 + " bytes for " + size + ", got " + bgr.length);
        }
        int row = size.width() * 3;
        for (int y = 0; y < even(size.height()); y++) {
            int from = Math.min(y, size.height() - 1) * row;
            padded.put(y * stride, bgr, from, row);
            if (stride > row) {
                padded.put(y * stride + row, bgr, from + row - 3, 3);
            }
        }
        try {
            recorder.recordImage(
                    even(size.width()), even(size.height()), 8, 3, stride, avutil.AV_PIX_FMT_BGR24, padded.rewind());
        } catch (FFmpegFrameRecorder.Exception e) {
            throw notWritten(file, e);
        }
    }

    /// Completes the file and puts it under its name.
    ///
    /// @throws MediaException when the disk refuses
    public void finish() {
        try {
            recorder.stop();
            AtomicFile.commit(temporary, file);
            open = false;
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            discard(recorder, temporary, null);
        }
    }

    private static void discard(FFmpegFrameRecorder recorder, Path temporary, @Nullable MediaException failure) {
        try {
            recorder.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) { // nothing to save any more; the first failure is the one to tell
            if (failure != null) {
                failure.addSuppressed(e);
            }
        }
    }

    private static MediaException notWritten(Path file, IOException cause) {
        return new MediaException(
                Complaint.at(file.toString())
                        .expected("a video that can be written")
                        .got(reason(cause)),
                cause);
    }

    /// FFmpeg's own words end where its advice for programmers begins.
    private static String reason(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf(" (For more details");
        return end < 0 ? message : message.substring(0, end);
    }
}
