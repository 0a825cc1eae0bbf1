package terrazzo.train.figure;

import java.util.Arrays;

/// Finds the smallest and the largest value of any stretch of an array in a time that hardly depends on its
/// length: they are kept for blocks of 32 values and for blocks of 32 blocks. Values that are not finite
/// don't count. Does not change, so that any threads may ask at once.
final class Extremes {

    /// What [#find] says where there is no number.
    static final long NOTHING = -1;

    private static final int SHIFT = 5;
    private static final int BLOCK = 1 << SHIFT;
    private static final int NONE = -1;

    private final double[] values;
    private final int size;
    private final Level fine;
    private final Level coarse;

    /// For each block, where its extremes are; -1 when it has none.
    private static final class Level {

        private final int[] min;
        private final int[] max;

        Level(int blocks) {
            min = new int[blocks];
            max = new int[blocks];
            Arrays.fill(min, NONE);
            Arrays.fill(max, NONE);
        }

        void set(int block, long found) {
            if (found != NOTHING) {
                min[block] = Extremes.min(found);
                max[block] = Extremes.max(found);
            }
        }
    }

    /// @param size how many of `values` count
    Extremes(double[] values, int size) {
        this.values = values;
        this.size = size;
        this.fine = new Level((size >> SHIFT) + 1);
        this.coarse = new Level((size >> (2 * SHIFT)) + 1);
        for (int block = 0; block < fine.min.length; block++) {
            fine.set(block, scan(NOTHING, block << SHIFT, Math.min(size, (block + 1) << SHIFT)));
        }
        for (int block = 0; block < coarse.min.length; block++) {
            int to = Math.min(fine.min.length, (block + 1) << SHIFT);
            coarse.set(block, scan(NOTHING, fine, block << SHIFT, to));
        }
    }

    /// Looks through `[from, to)`.
    ///
    /// @return where the extremes are, for [#min] and [#max]; [#NOTHING] when there is no number
    long find(int from, int to) {
        int fineFrom = (from + BLOCK - 1) >> SHIFT;
        int fineTo = Math.min(to, size) >> SHIFT;
        if (fineFrom >= fineTo) {
            return scan(NOTHING, from, Math.min(to, size));
        }
        long found = scan(NOTHING, from, fineFrom << SHIFT);
        int coarseFrom = (fineFrom + BLOCK - 1) >> SHIFT;
        int coarseTo = fineTo >> SHIFT;
        if (coarseFrom >= coarseTo) {
            found = scan(found, fine, fineFrom, fineTo);
        } else {
            found = scan(found, fine, fineFrom, coarseFrom << SHIFT);
            found = scan(found, coarse, coarseFrom, coarseTo);
            found = scan(found, fine, coarseTo << SHIFT, fineTo);
        }
        return scan(found, fineTo << SHIFT, Math.min(to, size));
    }

    /// The index of the smallest value of what was found.
    static int min(long found) {
        return (int) (found >>> 32);
    }

    /// The index of the largest value of what was found.
    static int max(long found) {
        return (int) found;
    }

    private long scan(long before, int from, int to) {
        long found = before;
        for (int i = from; i < to; i++) {
            found = wider(found, i, i);
        }
        return found;
    }

    private long scan(long before, Level level, int from, int to) {
        long found = before;
        for (int i = from; i < to; i++) {
            if (level.min[i] >= 0) {
                found = wider(found, level.min[i], level.max[i]);
            }
        }
        return found;
    }

    private long wider(long found, int low, int high) {
        double smallest = values[low];
        double largest = values[high];
        if (!Double.isFinite(smallest)) {
            return found;
        }
        if (found == NOTHING) {
            return pair(low, high);
        }
        int min = smallest < values[min(found)] ? low : min(found);
        int max = largest > values[max(found)] ? high : max(found);
        return pair(min, max);
    }

    private static long pair(int min, int max) {
        return ((long) min << 32) | max;
    }
}
