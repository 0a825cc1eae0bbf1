package terrazzo.train.figure;

import java.util.Arrays;

/// Finds the smallest and the largest value of any stretch of an array in a time that hardly depends on its
/// length: they are kept for blocks of 64 values and for blocks of 64 blocks. Values that are not finite
/// don't count. One thread at a time.
final class Extremes {

    private static final int SHIFT = 6;
    private static final int BLOCK = 1 << SHIFT;
    private static final int NONE = -1;

    private final double[] values;
    private final int size;
    private final Level fine;
    private final Level coarse;

    private int min;
    private int max;

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
    }

    /// @param size how many of `values` count
    Extremes(double[] values, int size) {
        this.values = values;
        this.size = size;
        this.fine = new Level((size >> SHIFT) + 1);
        this.coarse = new Level((size >> (2 * SHIFT)) + 1);
        for (int block = 0; block < fine.min.length; block++) {
            reset();
            scan(block << SHIFT, Math.min(size, (block + 1) << SHIFT));
            fine.min[block] = min;
            fine.max[block] = max;
        }
        for (int block = 0; block < coarse.min.length; block++) {
            reset();
            scan(fine, block << SHIFT, Math.min(fine.min.length, (block + 1) << SHIFT));
            coarse.min[block] = min;
            coarse.max[block] = max;
        }
    }

    /// Looks through `[from, to)`; then [#min] and [#max] tell.
    ///
    /// @return whether there is any number
    boolean find(int from, int to) {
        reset();
        int fineFrom = (from + BLOCK - 1) >> SHIFT;
        int fineTo = Math.min(to, size) >> SHIFT;
        if (fineFrom >= fineTo) {
            scan(from, Math.min(to, size));
            return min >= 0;
        }
        scan(from, fineFrom << SHIFT);
        int coarseFrom = (fineFrom + BLOCK - 1) >> SHIFT;
        int coarseTo = fineTo >> SHIFT;
        if (coarseFrom >= coarseTo) {
            scan(fine, fineFrom, fineTo);
        } else {
            scan(fine, fineFrom, coarseFrom << SHIFT);
            scan(coarse, coarseFrom, coarseTo);
            scan(fine, coarseTo << SHIFT, fineTo);
        }
        scan(fineTo << SHIFT, Math.min(to, size));
        return min >= 0;
    }

    /// The index of the smallest value found last.
    int min() {
        return min;
    }

    /// The index of the largest value found last.
    int max() {
        return max;
    }

    private void reset() {
        min = NONE;
        max = NONE;
    }

    private void scan(int from, int to) {
        for (int i = from; i < to; i++) {
            take(i, i);
        }
    }

    private void scan(Level level, int from, int to) {
        for (int i = from; i < to; i++) {
            if (level.min[i] >= 0) {
                take(level.min[i], level.max[i]);
            }
        }
    }

    private void take(int low, int high) {
        double smallest = values[low];
        double largest = values[high];
        if (!Double.isFinite(smallest)) {
            return;
        }
        if (min < 0 || smallest < values[min]) {
            min = low;
        }
        if (max < 0 || largest > values[max]) {
            max = high;
        }
    }
}
