/// Moving pictures: {@link terrazzo.inference.video.VideoSource} decodes files, streams and cameras,
/// {@link terrazzo.inference.video.VideoSink} writes MP4, and {@link terrazzo.inference.video.VideoPipeline} runs a
/// network between the two so that decoding, drawing and encoding hide behind it. The only package that touches FFmpeg.
@NullMarked
package terrazzo.inference.video;

import org.jspecify.annotations.NullMarked;
