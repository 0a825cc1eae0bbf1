package terrazzo.train.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTextTest {

    private final DecimalText numbers = new DecimalText();

    @Test
    void agreesWithTheJdkOnWhatPythonPrints() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            check(Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20)));
        }
    }

    @Test
    void agreesWithTheJdkOnDigitsAndPowersAtRandom() {
        Random random = new Random(2);
        for (int i = 0; i < 200_000; i++) {
            String digits = Long.toUnsignedString(random.nextLong() >>> random.nextInt(64));
            check(digits + "e" + (random.nextInt(160) - 80));
            check("0." + digits);
        }
    }

    @Test
    void agreesWithTheJdkHalfwayBetweenTwoNumbers() {
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            // an odd number of 54 bits lies halfway between two of 53 bits
            check(Long.toString((1L << 53) + 2 * random.nextLong(1L << 51) + 1));
            check(((1L << 53) + 2 * random.nextLong(1L << 51) + 1) + "e" + random.nextInt(5));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "1",
                "-1.5",
                "1e5",
                "1E+5",
                "1e-5",
                "5e-324",
                "1.7976931348623157e308",
                "1e400",
                "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
                "123456789012345678901234567890",
                "9007199254740993",
                "18446744073709551615",
                "0e99",
                "3."
            })
    void agreesWithTheJdkAtTheEdges(String text) {
        check(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "e5", "1e", "1e+", "--1", "1.2.3", "loss"})
    void refusesWhatIsNoNumber(String text) {
        assertThrows(NumberFormatException.class, () -> parse(text));
    }

    private void check(String text) {
        assertEquals(Double.doubleToLongBits(Double.parseDouble(text)), Double.doubleToLongBits(parse(text)), text);
    }

    private double parse(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.US_ASCII);
        return numbers.parse(bytes, 1, bytes.length - 1);
    }
}
