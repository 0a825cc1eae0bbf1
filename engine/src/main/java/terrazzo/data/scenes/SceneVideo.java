package terrazzo.data.scenes;

import terrazzo.core.Size;

/// A drive through one street: frame by frame, with a label for every pixel. Any frame can be had at any time. Seed,
/// frame and size decide every byte. Immutable and safe to share.
public final class SceneVideo {

    /// How fast the camera goes, metres per second.
    private static final float SPEED = 7;

    private final Street street;
    private final Camera start;
    private final int clouds;
    private final int frames;
    private final double framesPerSecond;

    private SceneVideo(Street street, Camera start, int clouds, int frames, double framesPerSecond) {
        this.street = street;
        this.start = start;
        this.clouds = clouds;
        this.frames = frames;
        this.framesPerSecond = framesPerSecond;
    }

    /// @param frames number of frames, at least 1
    /// @param framesPerSecond above 0
    public static SceneVideo of(long seed, Size size, int frames, double framesPerSecond) {
        if (frames < 1 || !(framesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "expected a frame and a rate above 0, got " + frames + " at " + framesPerSecond);
        }
        SceneRandom random = new SceneRandom(seed, -1);
        Street street = Street.of(random, (float) (170 + SPEED * frames / framesPerSecond));
        Camera camera = SceneGenerator.camera(random, street, size);
        return new SceneVideo(street, camera, random.below(1 << 30), frames, framesPerSecond);
    }

    public int frames() {
        return frames;
    }

    public double framesPerSecond() {
        return framesPerSecond;
    }

    public Size size() {
        return start.size();
    }

    /// @param index from 0 to [#frames] - 1
    public Scene frame(int index) {
        if (index < 0 || index >= frames) {
            throw new IndexOutOfBoundsException("expected a frame from 0 to " + (frames - 1) + ", got " + index);
        }
        float seconds = (float) (index / framesPerSecond);
        Camera camera = new Camera(
                start.size(), start.x(), start.y(), SPEED * seconds, start.focal(), start.centerX(), start.horizon());
        return StreetPainter.paint(street, camera, seconds, clouds, index);
    }
}
