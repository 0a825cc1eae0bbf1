package terrazzo.data.sample;

import java.util.List;

/// The one source of chance of a pipeline: the Mersenne Twister MT19937 with the reductions of NumPy's legacy
/// generator,
/// so that a seed gives the numbers that `numpy.random.seed` gives there. Not thread-safe: one per sample.
///
/// See Matsumoto and Nishimura, [Mersenne Twister](https://doi.org/10.1145/272991.272995), 1998.
public final class Draws {

    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    /// @param seed as `numpy.random.seed` takes it; only its low 32 bits count
    public Draws(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /// The next 32 bits.
    public int bits() {
        if (next == N) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9D2C5680;
        y ^= y << 15 & 0xEFC60000;
        return y ^ y >>> 18;
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7FFFFFFF);
            state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }
        next = 0;
    }

    /// A number in [0, 1) with 53 random bits: `random_sample()`.
    public double unit() {
        int high = bits() >>> 5; // 27 bits
        int low = bits() >>> 6; // 26 bits
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// A number in [low, high): `uniform(low, high)`.
    public double uniform(double low, double high) {
        return low + (high - low) * unit();
    }

    /// A whole number in [low, high): `randint(low, high)`. Draws nothing when only one number is possible.
    ///
    /// @throws IllegalArgumentException when the range is empty
    public int integer(int low, int high) {
        if (high <= low) {
            throw new IllegalArgumentException("expected low < high, got " + low + ", " + high);
        }
        long range = (long) high - 1 - low;
        if (range == 0) {
            return low;
        }
        long mask = (Long.highestOneBit(range) << 1) - 1;
        long value = Integer.toUnsignedLong(bits()) & mask;
        while (value > range) {
            value = Integer.toUnsignedLong(bits()) & mask;
        }
        return (int) (low + value);
    }

    /// An index drawn with the given probabilities: `choice(p=…)`.
    ///
    /// @param probabilities sum to 1
    public int choice(List<Double> probabilities) {
        double total = probabilities.stream().mapToDouble(p -> p).sum();
        double at = unit();
        double sum = 0;
        for (int i = 0; i < probabilities.size(); i++) {
            sum += probabilities.get(i);
            if (at < sum / total) {
                return i;
            }
        }
        return probabilities.size() - 1;
    }

    /// A random order of `0 … count - 1`: `torch.randperm(count)` of a generator with this seed.
    public int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = 0; i < count - 1; i++) {
            int other = i + (int) (Integer.toUnsignedLong(bits()) % (count - i));
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
