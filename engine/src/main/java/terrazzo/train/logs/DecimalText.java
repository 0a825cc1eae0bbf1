package terrazzo.train.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads decimal numbers from bytes as exactly as `Double.parseDouble`, several times faster, because a long
/// log is millions of numbers of 17 digits. The way is Eisel and Lemire's
/// ([paper](https://arxiv.org/abs/2101.11408)): the digits times a power of five in 128 bits decide nearly
/// always; what they don't decide goes to the JDK.
final class DecimalText {

    private static final int MAX_DIGITS = 19;
    private static final long EXACT = 1L << 53;
    private static final int MIN_POWER = -64;
    private static final int MAX_POWER = 64;
    private static final int OUT_OF_RANGE = 1_000_000;
    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final double[] tens = new double[23];
    private final long[] high = new long[MAX_POWER - MIN_POWER + 1];
    private final long[] low = new long[MAX_POWER - MIN_POWER + 1];
    private int end;

    DecimalText() {
        for (int i = 0; i < tens.length; i++) {
            tens[i] = Math.pow(10, i);
        }
        for (int power = MIN_POWER; power <= MAX_POWER; power++) {
            BigInteger bits = powerOfFive(power);
            high[power - MIN_POWER] = bits.shiftRight(64).longValue();
            low[power - MIN_POWER] = bits.longValue();
        }
    }

    /// The first 128 bits of `5^power`. Inverses are rounded up as the paper asks: in the last of the 128
    /// bits while the power itself fits into 64, beyond them after that.
    private static BigInteger powerOfFive(int power) {
        BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
        if (power >= 0) {
            int shift = 128 - five.bitLength();
            return shift >= 0 ? five.shiftLeft(shift) : five.shiftRight(-shift);
        }
        int length = five.bitLength();
        int precision = power >= -27 ? length + 127 : 2 * length + 128;
        BigInteger inverse = BigInteger.ONE.shiftLeft(precision).divide(five).add(BigInteger.ONE);
        return inverse.shiftRight(inverse.bitLength() - 128);
    }

    /// The number in `[from, to)`: digits with an optional sign, point and exponent.
    ///
    /// @throws NumberFormatException when it is not a number
    double parse(byte[] bytes, int from, int to) {
        double value = read(bytes, from, to);
        return end == to ? value : number(bytes, from, to);
    }

    /// The number that begins at `from` and ends before `to`, where [#end] tells afterwards.
    ///
    /// @throws NumberFormatException when there is none
    double read(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long digits = 0;
        int seen = 0;
        int count = 0; // without leading zeros
        int power = 0;
        boolean afterPoint = false;
        while (at < to) {
            long eight = at + 8 <= to ? (long) EIGHT.get(bytes, at) : 0;
            if (areDigits(eight)) {
                count += digits != 0 ? 8 : 8 - leadingZeros(eight);
                digits = digits * 100_000_000 + number(eight);
                seen += 8;
                power -= afterPoint ? 8 : 0;
                at += 8;
                continue;
            }
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                seen++;
                if (digits != 0) {
                    count++;
                }
                if (afterPoint) {
                    power--;
                }
            } else if (bytes[at] == '.' && !afterPoint) {
                afterPoint = true;
            } else {
                break;
            }
            at++;
        }
        if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
            power += exponent(bytes, at + 1, to);
            at = end;
        }
        if (seen == 0 || count > MAX_DIGITS || power < MIN_POWER || power > MAX_POWER) {
            end = endOfWord(bytes, from, to);
            return number(bytes, from, end);
        }
        end = at;
        double value = value(digits, power);
        return negative ? -value : value;
    }

    /// Where the number ended that was read last.
    int end() {
        return end;
    }

    private static double number(byte[] bytes, int from, int to) {
        return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }

    private static int endOfWord(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ',' && bytes[at] != '}' && bytes[at] > ' ') {
            at++;
        }
        return at;
    }

    /// Whether all of eight characters are digits.
    private static boolean areDigits(long eight) {
        // A digit has 3 in its upper half, and still has it when 6 is added to its lower half.
        long upper = 0xf0f0f0f0f0f0f0f0L;
        long threes = 0x3030303030303030L;
        return (eight & upper) == threes && ((eight + 0x0606060606060606L) & upper) == threes;
    }

    private static int leadingZeros(long eight) {
        return Long.numberOfTrailingZeros(eight ^ 0x3030303030303030L) / 8;
    }

    /// The number that eight digits are: joined to pairs, to fours, to eight.
    private static long number(long eight) {
        long pairs = ((eight & 0x0f0f0f0f0f0f0f0fL) * 2561) >>> 8;
        long fours = ((pairs & 0x00ff00ff00ff00ffL) * 6553601) >>> 16;
        return ((fours & 0x0000ffff0000ffffL) * 42949672960001L) >>> 32;
    }

    /// A small signed number, out of the range of powers when it is none; [#end] is behind it.
    private int exponent(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
        int first = at;
        int value = 0;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - first < 5) {
            value = value * 10 + bytes[at] - '0';
            at++;
        }
        end = at;
        return at == first ? OUT_OF_RANGE : negative ? -value : value;
    }

    private double value(long digits, int power) {
        if (digits == 0) {
            return 0;
        }
        if (digits > 0 && digits <= EXACT && Math.abs(power) < tens.length) { // one rounding, so right
            return power < 0 ? digits / tens[-power] : digits * tens[power];
        }
        int zeros = Long.numberOfLeadingZeros(digits);
        long normal = digits << zeros;
        long hi = Math.unsignedMultiplyHigh(normal, high[power - MIN_POWER]);
        long lo = normal * high[power - MIN_POWER];
        if ((hi & 0x1ff) == 0x1ff) { // what was cut off may carry
            long more = Math.unsignedMultiplyHigh(normal, low[power - MIN_POWER]);
            lo += more;
            if (Long.compareUnsigned(more, lo) > 0) {
                hi++;
            }
        }
        int upper = (int) (hi >>> 63);
        long mantissa = hi >>> (upper + 9);
        // 217706 / 2^16 is log2(10)
        int exponent = ((217_706 * power) >> 16) + 63 + upper - zeros + BIAS;
        if (Long.compareUnsigned(lo, 1) <= 0
                && power >= -4
                && power <= 23
                && (mantissa & 3) == 1
                && mantissa << (upper + 9) == hi) {
            mantissa &= ~1L; // halfway exactly: to even
        }
        mantissa = (mantissa + (mantissa & 1)) >>> 1;
        if (mantissa >= 2L << MANTISSA_BITS) {
            mantissa = 1L << MANTISSA_BITS;
            exponent++;
        }
        return Double.longBitsToDouble((mantissa & ~(1L << MANTISSA_BITS)) | ((long) exponent << MANTISSA_BITS));
    }
}
