package terrazzo.app.edit;

import java.util.Arrays;

/// Labels packed as runs of equal ones: two bytes for each, the length less one and the label.
public final class Runs {

    private static final int LONGEST = 256;

    private final byte[] pairs;
    private final int length;

    private Runs(byte[] pairs, int length) {
        this.pairs = pairs;
        this.length = length;
    }

    public static Runs pack(byte[] labels) {
        byte[] pairs = new byte[labels.length * 2];
        int used = 0;
        for (int start = 0; start < labels.length; ) {
            int end = start + 1;
            while (end < labels.length && end - start < LONGEST && labels[end] == labels[start]) {
                end++;
            }
            pairs[used++] = (byte) (end - start - 1);
            pairs[used++] = labels[start];
            start = end;
        }
        return new Runs(Arrays.copyOf(pairs, used), labels.length);
    }

    public byte[] unpack() {
        byte[] labels = new byte[length];
        int at = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            int end = at + (pairs[i] & 0xFF) + 1;
            Arrays.fill(labels, at, end, pairs[i + 1]);
            at = end;
        }
        return labels;
    }

    public int sizeBytes() {
        return pairs.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Runs that && length == that.length && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }
}
