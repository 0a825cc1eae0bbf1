package terrazzo.data.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DrawsTest {

    @Test
    void givesTheBitsOfTheOriginalTwister() {
        // Matsumoto and Nishimura's default seed; the 10000th output is what C++'s standard demands of mt19937.
        Draws draws = new Draws(5489);
        for (int i = 1; i < 10000; i++) {
            draws.bits();
        }
        assertEquals(4123659995L, Integer.toUnsignedLong(draws.bits()));
    }

    @Test
    void givesTheUnitNumbersOfNumpy() { // numpy.random.seed(42); numpy.random.random_sample(3)
        Draws draws = new Draws(42);
        assertEquals(0.3745401188473625, draws.unit());
        assertEquals(0.9507143064099162, draws.unit());
        assertEquals(0.7319939418114051, draws.unit());
    }

    @Test
    void givesTheIntegersOfNumpy() { // numpy.random.seed(42); numpy.random.randint(0, 255, 15)
        Draws draws = new Draws(42);
        int[] got = IntStream.range(0, 15).map(_ -> draws.integer(0, 255)).toArray();
        assertArrayEquals(new int[] {102, 179, 92, 14, 106, 71, 188, 20, 102, 121, 210, 214, 74, 202, 87}, got);
    }

    @Test
    void drawsNothingForOnlyOneChoice() {
        Draws draws = new Draws(42);
        assertEquals(7, draws.integer(7, 8));
        assertEquals(0.3745401188473625, draws.unit());
    }

    @Test
    void choosesByProbability() {
        // 0.3745 falls into the second of [0, 0.25), [0.25, 0.5), [0.5, 1); 0.9507 and 0.7319 into the third.
        Draws draws = new Draws(42);
        List<Double> p = List.of(0.25, 0.25, 0.5);
        assertEquals(1, draws.choice(p));
        assertEquals(2, draws.choice(p));
        assertEquals(2, draws.choice(p));
    }

    @Test
    void shufflesAsTorchDoes() { // torch.manual_seed(0); torch.randperm(10)
        assertArrayEquals(new int[] {4, 1, 7, 5, 3, 9, 0, 8, 6, 2}, new Draws(0).permutation(10));
    }

    @Test
    void refusesEmptyRanges() {
        Draws draws = new Draws(0);
        assertEquals(
                "expected low < high, got 3, 3",
                assertThrows(IllegalArgumentException.class, () -> draws.integer(3, 3))
                        .getMessage());
    }
}
