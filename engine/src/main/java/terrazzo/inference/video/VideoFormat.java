package terrazzo.inference.video;

import terrazzo.core.Size;

/// What is known of a video before its frames are read.
///
/// @param size of the frames as they are shown, that is after rotation
/// @param framesPerSecond above 0
/// @param frames number of frames as the file states or implies it, -1 for streams and cameras; some files are off by
///     one or two
/// @param rotationDegrees by which stored frames are turned clockwise to be shown: 0, 90, 180 or 270
public record VideoFormat(Size size, double framesPerSecond, long frames, int rotationDegrees) {

    /// Length in seconds, -1 where [#frames] is not known.
    public double durationSeconds() {
        return frames < 0 ? -1 : frames / framesPerSecond;
    }
}
