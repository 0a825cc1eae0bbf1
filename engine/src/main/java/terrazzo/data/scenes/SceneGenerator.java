package terrazzo.data.scenes;

import terrazzo.core.Size;

/// An endless set of street scenes. Seed, index and size decide every byte; a scene at another size is the same street
/// seen by the same camera. Immutable; scenes may be made on many threads at once.
public final class SceneGenerator {

    private static final float LENGTH = 170;

    private final long seed;

    private SceneGenerator(long seed) {
        this.seed = seed;
    }

    public static SceneGenerator of(long seed) {
        return new SceneGenerator(seed);
    }

    /// The scene of an index.
    ///
    /// @param index from 0; no order or likeness between neighbours
    /// @param size from 16x16
    public Scene scene(long index, Size size) {
        SceneRandom random = new SceneRandom(seed, index);
        Street street = Street.of(random, LENGTH);
        Camera camera = camera(random, street, size);
        return StreetPainter.paint(street, camera, 0, random.below(1 << 30), random.below(1 << 30));
    }

    /// A camera in the right lane, or now and then on a pavement, that looks roughly along the street.
    static Camera camera(SceneRandom random, Street street, Size size) {
        if (size.height() < 16 || size.width() < 16) {
            throw new IllegalArgumentException("expected a size of at least 16x16, got " + size);
        }
        float lane = street.roadHalf() > 4.2 ? (street.roadHalf() - 2.2f) * 0.5f : street.roadHalf() * 0.5f;
        float x = lane + random.between(-0.6, 0.6);
        float focal = random.between(0.75, 1.1) * Math.max(size.width(), size.height());
        float centerX = size.width() * random.between(0.38, 0.62);
        float horizon = size.height() * random.between(0.40, 0.52);
        return new Camera(size, x, random.between(1.3, 1.9), 0, focal, centerX, horizon);
    }
}
