package terrazzo.inference.video;

import java.util.Locale;
import java.util.OptionalDouble;

/// How fast a [VideoPipeline] ran, stage by stage.
///
/// @param frames number of frames written
/// @param wallSeconds from the start of all stages to the finished file; the first frame is decoded before
/// @param decode reading frames
/// @param infer the network, while the other stages run beside it
/// @param blend drawing the overlay
/// @param encode compressing and writing
/// @param aloneFramesPerSecond the network with nothing beside it, measured before the run; empty when not asked for
public record VideoReport(
        long frames,
        double wallSeconds,
        Stage decode,
        Stage infer,
        Stage blend,
        Stage encode,
        OptionalDouble aloneFramesPerSecond) {

    /// What one stage did.
    ///
    /// @param frames number of frames it worked on
    /// @param busySeconds time spent working, not waiting for other stages
    public record Stage(long frames, double busySeconds) {

        /// Speed of the stage while busy; 0 when it did nothing.
        public double framesPerSecond() {
            return busySeconds > 0 ? frames / busySeconds : 0;
        }
    }

    /// Frames written per second, all stages together.
    public double framesPerSecond() {
        return wallSeconds > 0 ? frames / wallSeconds : 0;
    }

    /// End-to-end speed as a part of the network's speed alone (1 = decoding, drawing and encoding cost nothing);
    /// without a calibration, of its speed within the run.
    public double ratio() {
        double alone = aloneFramesPerSecond.orElse(infer.framesPerSecond());
        return alone > 0 ? framesPerSecond() / alone : 0;
    }

    /// One line for people: `120 frames in 12.3 s: 9.8 fps (network alone 10.6 fps, ratio 0.92); …`.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d frames in %.1f s: %.2f fps (network %s %.2f fps, ratio %.2f); while busy: decode %.0f fps,"
                        + " infer %.2f fps, blend %.0f fps, encode %.0f fps",
                frames,
                wallSeconds,
                framesPerSecond(),
                aloneFramesPerSecond.isPresent() ? "alone" : "within",
                aloneFramesPerSecond.orElse(infer.framesPerSecond()),
                ratio(),
                decode.framesPerSecond(),
                infer.framesPerSecond(),
                blend.framesPerSecond(),
                encode.framesPerSecond());
    }
}
