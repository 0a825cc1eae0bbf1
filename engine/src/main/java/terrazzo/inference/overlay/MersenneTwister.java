package terrazzo.inference.overlay;

/// MT19937, as NumPy's `RandomState(seed)` runs it
/// ([Matsumoto and Nishimura, 1998](https://doi.org/10.1145/272991.272995)). For colours only.
final class MersenneTwister {

    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /// A number from 0 to 254: NumPy masks to the next power of two and draws again what is above.
    int byteBelow255() {
        while (true) {
            int drawn = nextInt() & 0xFF;
            if (drawn < 255) {
                return drawn;
            }
        }
    }

    private int nextInt() {
        if (next == N) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7FFFFFFF);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }
        next = 0;
    }
}
