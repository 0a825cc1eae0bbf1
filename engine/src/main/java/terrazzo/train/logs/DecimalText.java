package terrazzo.train.logs;

import java.math.BigInteger;
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
    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;

    private final double[] tens = new double[23];
    private final long[] high = new long[MAX_POWER - MIN_POWER + 1];
    private final long[] low = new long[MAX_POWER - MIN_POWER + 1];

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
        for (; at < to; at++) {
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
        }
        if (at < to && (bytes[at] == 'e' || bytes[at] == 'E') && to - at <= 6) {
            int exponent = exponent(bytes, at + 1, to);
            power += exponent;
            at = exponent == Integer.MIN_VALUE ? at : to;
        }
        if (at < to || seen == 0 || count > MAX_DIGITS || power < MIN_POWER || power > MAX_POWER) {
            return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }
        double value = value(digits, power);
        return negative ? -value : value;
    }

    /// A small signed number, or `Integer.MIN_VALUE` when it is none.
    private static int exponent(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
        if (at == to) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
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
