package terrazzo.data.scenes;

/// SplitMix64 ([Steele, Lea and Flood, 2014](https://doi.org/10.1145/2660193.2660195)), written out so that no Java
/// version can change the scenes.
final class SceneRandom {

    private long state;

    SceneRandom(long seed, long stream) {
        this.state = mixed(seed * 0x9E3779B97F4A7C15L + mixed(stream));
    }

    /// 64 well mixed bits of a key.
    static long mixed(long key) {
        long z = key + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// 32 mixed bits of a place on a grid; cheap enough for every pixel.
    static int mixed(int x, int y, int key) {
        int h = x * 0x27D4EB2D + y * 0x165667B1 + key * 0x9E3779B1;
        h = (h ^ (h >>> 15)) * 0x85EBCA6B;
        h = (h ^ (h >>> 13)) * 0xC2B2AE35;
        return h ^ (h >>> 16);
    }

    /// The same place as a number in [0, 1).
    static float unit(int x, int y, int key) {
        return (mixed(x, y, key) >>> 8) * 0x1p-24f;
    }

    float unit() {
        state += 0x9E3779B97F4A7C15L;
        return (mixed(state) >>> 40) * 0x1p-24f;
    }

    float between(double low, double high) {
        return (float) (low + (high - low) * unit());
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /// A number from 0 to `bound - 1`.
    int below(int bound) {
        return (int) (unit() * bound);
    }

    int oneOf(int... values) {
        return values[below(values.length)];
    }
}
