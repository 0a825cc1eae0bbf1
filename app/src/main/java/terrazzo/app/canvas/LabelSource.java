package terrazzo.app.canvas;

import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;

/// A label map in half-size levels, with the confidence of each pixel where it is known: in memory
/// ([LabelPyramid]) or in tiles on disk ([TiledLabels]).
public sealed interface LabelSource permits LabelPyramid, TiledLabels {

    /// What [#labelAt] says of a pixel that has not been read yet.
    int UNKNOWN = -1;

    Size size();

    int levels();

    boolean hasConfidence();

    /// The class index at an image pixel, or [#UNKNOWN].
    int labelAt(int x, int y);

    /// The probability of the label at an image pixel, 0 to 1, or NaN when not known.
    double confidenceAt(int x, int y);

    /// Calls `listener`, on any thread, when labels that were missing have come.
    void onArrival(Runnable listener);

    /// Reads rows for one layer.
    Reader reader();

    /// Gets ready for a frame on the UI thread, then delivers rows to any number of threads.
    interface Reader {

        void prepare(Grid grid, int level);

        /// Columns `first` to `last` of a row of the prepared level.
        void row(int y, int first, int last, Row into);
    }

    /// A row of labels: that of column `c` is at index `start + c` of both arrays. Belongs to one thread.
    final class Row {

        private byte[] labels = new byte[0];
        private byte @Nullable [] confidence;
        private int start;
        private byte[] ownLabels = new byte[0];
        private byte[] ownConfidence = new byte[0];
        private int[] samples = new int[0];

        byte[] labels() {
            return labels;
        }

        /// Null when not known.
        byte @Nullable [] confidence() {
            return confidence;
        }

        int start() {
            return start;
        }

        /// A view of arrays that hold the row.
        void view(byte[] allLabels, byte @Nullable [] allConfidence, int at) {
            labels = allLabels;
            confidence = allConfidence;
            start = at;
        }

        /// Numbers to be filled with labels in bits 0 to 7 and confidence in bits 8 to 15.
        int[] samples(int count) {
            if (samples.length < count) {
                samples = new int[count];
                ownLabels = new byte[count];
                ownConfidence = new byte[count];
            }
            return samples;
        }

        /// Takes the numbers in [#samples] as columns `first` to `last`.
        void unpack(int first, int last) {
            for (int i = 0; i <= last - first; i++) {
                ownLabels[i] = (byte) samples[i];
                ownConfidence[i] = (byte) (samples[i] >> 8);
            }
            view(ownLabels, ownConfidence, -first);
        }
    }
}
