package terrazzo.data.loading;

import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Nearest;
import terrazzo.data.sample.Draws;

/// The order in which the samples of a data set are taken.
public sealed interface Sampler {

    /// Indices from 0 to `size - 1`, each once per round.
    ///
    /// @param size of the data set, 1 or more
    /// @param epoch number of the round for samplers that end
    PrimitiveIterator.OfInt order(int size, long epoch);

    /// Whether the order never ends.
    boolean isInfinite();

    /// Every sample once; shuffled anew each epoch with PyTorch's permutation for seed plus epoch.
    ///
    /// @param shuffle whether to shuffle
    /// @param seed of the first epoch
    record DefaultSampler(boolean shuffle, long seed) implements Sampler {

        @Override
        public PrimitiveIterator.OfInt order(int size, long epoch) {
            return shuffle
                    ? Arrays.stream(new Draws(seed + epoch).permutation(size)).iterator()
                    : IntStream.range(0, size).iterator();
        }

        @Override
        public boolean isInfinite() {
            return false;
        }
    }

    /// Round after round without end; all rounds are shuffled from one generator.
    ///
    /// @param shuffle whether to shuffle
    /// @param seed of the generator
    record InfiniteSampler(boolean shuffle, long seed) implements Sampler {

        @Override
        public PrimitiveIterator.OfInt order(int size, long epoch) {
            Draws draws = new Draws(seed);
            return new PrimitiveIterator.OfInt() {
                private PrimitiveIterator.OfInt round = IntStream.empty().iterator();

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public int nextInt() {
                    if (!round.hasNext()) {
                        round = shuffle
                                ? Arrays.stream(draws.permutation(size)).iterator()
                                : IntStream.range(0, size).iterator();
                    }
                    return round.nextInt();
                }
            };
        }

        @Override
        public boolean isInfinite() {
            return true;
        }
    }

    /// The sampler that `settings` (the `sampler` of a data loader) describe.
    ///
    /// @param seed for samplers without one of their own
    static Sampler read(ConfigNode settings, long seed) { // defaults: mmengine 0.1.0
        String type = settings.type();
        settings.ignoring("round_up");
        boolean shuffle = settings.bool("shuffle", true);
        long own = settings.has("seed") ? settings.integer("seed") : seed;
        settings.done();
        return switch (type) {
            case "DefaultSampler" -> new DefaultSampler(shuffle, own);
            case "InfiniteSampler" -> new InfiniteSampler(shuffle, own);
            default ->
                throw settings.error(
                        "type",
                        "DefaultSampler or InfiniteSampler",
                        "'" + type + "'",
                        Nearest.suggestion(type, List.of("DefaultSampler", "InfiniteSampler")));
        };
    }
}
