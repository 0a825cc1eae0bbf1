package terrazzo.train.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import terrazzo.core.shape.DType;
import terrazzo.data.sample.Draws;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;

/// Draws the numbers that parameters start with, from the distributions that PyTorch draws from. The numbers of a
/// parameter depend on the seed and its name alone, so a layer that is added elsewhere doesn't change them.
///
/// @param seed of all draws
public record InitialWeights(long seed) {

    /// The numbers of a float parameter, row by row.
    public float[] floats(Parameter parameter) {
        float[] numbers = new float[count(parameter)];
        Draws draws = new Draws(seed ^ hash(parameter.key()));
        switch (parameter.init()) {
            case Init.Constant(var value) -> Arrays.fill(numbers, (float) value);
            case Init.Computed(var at) -> {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) at.applyAsDouble(i);
                }
            }
            case Init.Uniform(var low, var high) -> {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) draws.uniform(low, high);
                }
            }
            case Init.Normal(var mean, var std) -> {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) (mean + std * gaussian(draws));
                }
            }
            case Init.TruncatedNormal normal -> {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) truncated(normal, draws);
                }
            }
        }
        return numbers;
    }

    /// The numbers of a parameter that counts, row by row.
    public long[] longs(Parameter parameter) {
        if (parameter.dtype() != DType.INT64) {
            throw new IllegalArgumentException("expected int64, got " + parameter.dtype() + " for " + parameter);
        }
        long[] numbers = new long[count(parameter)];
        switch (parameter.init()) {
            case Init.Constant(var value) -> Arrays.fill(numbers, (long) value);
            case Init.Computed(var at) -> {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (long) at.applyAsDouble(i);
                }
            }
            case Init.Uniform _, Init.Normal _, Init.TruncatedNormal _ ->
                throw new IllegalArgumentException("whole numbers are not drawn: " + parameter);
        }
        return numbers;
    }

    private static int count(Parameter parameter) {
        long count = 1;
        for (long size : parameter.shape().toLongs()) {
            count *= size;
        }
        return Math.toIntExact(count);
    }

    /// A standard normal number after Box and Muller; 1 - unit is never 0.
    private static double gaussian(Draws draws) {
        double radius = Math.sqrt(-2 * Math.log(1 - draws.unit()));
        return radius * Math.cos(2 * Math.PI * draws.unit());
    }

    /// Numbers outside the bounds are drawn again, which is the distribution that inversion gives.
    private static double truncated(Init.TruncatedNormal normal, Draws draws) {
        while (true) {
            double number = normal.mean() + normal.std() * gaussian(draws);
            if (number >= normal.low() && number <= normal.high()) {
                return number;
            }
        }
    }

    /// FNV-1a.
    private static long hash(String key) {
        long h = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return h ^ h >>> 32;
    }
}
