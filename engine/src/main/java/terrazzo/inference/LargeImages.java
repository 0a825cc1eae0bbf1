package terrazzo.inference;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.inference.TestMode.Slide;
import terrazzo.inference.TestMode.Slide.Window;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.WindowSum;

/// Sliding windows over an image too large for memory. The image is cut into upright stripes; in each, the
/// windows go from top to bottom, and the rows that no later window reaches are decided and written. In
/// memory is the sum of the logits of one row of windows within the stripe. Windows over the border of two
/// stripes are run for both.
final class LargeImages {

    /// What the sum of one row of windows may take.
    private static final long SUM_BYTES = 192L << 20;

    private static final int NARROWEST = 256;
    private static final int WIDEST = 8192;

    private final SegModel model;
    private final ImageTiles image;
    private final LabelTiles labels;
    private final NavigableMap<Integer, List<Window>> windowsByTop;
    private final int stripe;

    /// @param slide windows and how far they lie apart
    /// @param image to segment
    /// @param labels to fill
    LargeImages(SegModel model, Slide slide, ImageTiles image, LabelTiles labels) {
        this.model = model;
        this.image = image;
        this.labels = labels;
        this.windowsByTop = slide.windows(image.size()).stream()
                .collect(Collectors.groupingBy(Window::top, TreeMap::new, Collectors.toList()));
        long columnBytes =
                (long) Float.BYTES * model.numClasses() * slide.crop().height();
        this.stripe = Math.clamp(SUM_BYTES / columnBytes / NARROWEST * NARROWEST, NARROWEST, WIDEST);
    }

    void run(Progress progress, Cancellation cancellation) {
        Watch watch = new Watch(progress, cancellation);
        int width = image.size().width();
        for (int left = 0; left < width; left += stripe) {
            watch.total += windows(left, Math.min(width, left + stripe)).values().stream()
                    .mapToInt(List::size)
                    .sum();
        }
        for (int left = 0; left < width; left += stripe) {
            stripe(left, Math.min(width, left + stripe), watch);
        }
    }

    private static final class Watch {
        private final Progress progress;
        private final Cancellation cancellation;
        private int done;
        private int total;

        Watch(Progress progress, Cancellation cancellation) {
            this.progress = progress;
            this.cancellation = cancellation;
        }

        void next() {
            cancellation.check();
            progress.at(done++, total, "");
        }
    }

    /// The windows that reach into columns `left` to `right`, by their upper edge.
    private NavigableMap<Integer, List<Window>> windows(int left, int right) {
        NavigableMap<Integer, List<Window>> inside = new TreeMap<>();
        windowsByTop.forEach((top, row) -> inside.put(
                top,
                row.stream().filter(w -> w.left() < right && w.right() > left).toList()));
        return inside;
    }

    private void stripe(int left, int right, Watch watch) {
        NavigableMap<Integer, List<Window>> rows = windows(left, right);
        TorchScope scope = model.runtime().scope();
        try {
            WindowSum.Sum sum = null;
            for (var row : rows.entrySet()) {
                int top = row.getKey();
                int bottom = row.getValue().getFirst().bottom();
                for (Window window : row.getValue()) {
                    watch.next();
                    try (TorchScope inner = model.runtime().scope()) {
                        Size part = new Size(bottom - top, window.right() - window.left());
                        TorchTensor logits = model.logits(inner, image.region(window.left(), top, part));
                        if (sum == null) {
                            sum = model.windowSum()
                                    .begin(scope, logits, model.numClasses(), bottom - top, right - left);
                        }
                        int from = Math.max(left, window.left());
                        int to = Math.min(right, window.right());
                        TorchTensor within =
                                model.windowSum().columns(inner, logits, from - window.left(), to - window.left());
                        sum.add(within, 0, bottom - top, from - left, to - left);
                    }
                }
                Integer next = rows.higherKey(top);
                int decided = next == null ? bottom - top : next - top;
                if (sum == null) {
                    throw new IllegalStateException("expected windows in columns " + left + " to " + right);
                }
                write(sum, left, top, new Size(decided, right - left));
                if (next != null) {
                    TorchScope following = model.runtime().scope();
                    sum = sum.drop(following, decided);
                    scope.close();
                    scope = following;
                }
            }
        } finally {
            scope.close();
        }
    }

    private void write(WindowSum.Sum sum, int left, int top, Size part) {
        try (TorchScope scope = model.runtime().scope()) {
            Prediction found = model.decide(scope, sum.upper(scope, part.height()), part);
            LabelMap confidence = found.confidence().orElseThrow();
            labels.write(left, top, found.labels(), confidence);
        }
    }
}
