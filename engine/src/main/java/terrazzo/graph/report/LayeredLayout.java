package terrazzo.graph.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Places for the boxes of a diagram, in rows from top to bottom, after
/// [Sugiyama, Tagawa and Toda](https://doi.org/10.1109/TSMC.1981.4308636): every box is below those it takes from,
/// lines that pass rows get a lane in each, boxes of a row are ordered so that few lines cross, and moved to where
/// their
/// lines are straight.
final class LayeredLayout {

    /// How often boxes are ordered and moved by their neighbours; more changes nothing for models of this size.
    private static final int SWEEPS = 24;

    private static final double ROW_GAP = 34;
    private static final double COLUMN_GAP = 18;
    private static final double LANE_WIDTH = 2;

    /// A box or a lane. `x` is its middle.
    private static final class Slot {
        private final int row;
        private final double width;
        private final double height;
        private final List<Slot> above = new ArrayList<>();
        private final List<Slot> below = new ArrayList<>();
        private double x;
        private double order;

        private Slot(int row, double width, double height) {
            this.row = row;
            this.width = width;
            this.height = height;
        }
    }

    /// @param x of the middle
    /// @param y of the top
    record Place(double x, double y, double width, double height) {}

    /// @param x across
    /// @param y down
    record Point(double x, double y) {}

    /// @param width of a box
    /// @param height of a box
    record Extent(double width, double height) {}

    private final List<Slot> boxes = new ArrayList<>();
    private final Map<Diagram.Line, List<Slot>> lanesByLine = new HashMap<>();
    private final List<List<Slot>> rows = new ArrayList<>();
    private final List<Double> tops = new ArrayList<>();

    /// @param extents of the boxes of `diagram`, by index
    LayeredLayout(Diagram diagram, List<Extent> extents) {
        int[] row = diagram.rowOfBox();
        for (int i = 0; i < row.length; i++) {
            boxes.add(slot(row[i], extents.get(i).width(), extents.get(i).height()));
        }
        diagram.lines().forEach(this::addLanes);
        rows.forEach(this::pack);
        for (int i = 0; i < SWEEPS; i++) {
            order(i % 2 == 0);
        }
        for (int i = 0; i < SWEEPS; i++) {
            straighten(i % 2 == 0);
        }
        shiftToZero();
        stack();
    }

    private Slot slot(int row, double width, double height) {
        while (rows.size() <= row) {
            rows.add(new ArrayList<>());
        }
        Slot slot = new Slot(row, width, height);
        rows.get(row).add(slot);
        return slot;
    }

    private void addLanes(Diagram.Line line) {
        List<Slot> lanes = new ArrayList<>();
        Slot from = boxes.get(line.from());
        Slot to = boxes.get(line.to());
        Slot last = from;
        for (int row = from.row + 1; row < to.row; row++) {
            Slot lane = slot(row, LANE_WIDTH, 0);
            lanes.add(lane);
            connect(last, lane);
            last = lane;
        }
        connect(last, to);
        lanesByLine.put(line, lanes);
    }

    private static void connect(Slot above, Slot below) {
        above.below.add(below);
        below.above.add(above);
    }

    /// Side by side in the present order.
    private void pack(List<Slot> row) {
        double x = 0;
        for (int i = 0; i < row.size(); i++) {
            row.get(i).order = i;
            row.get(i).x = x + row.get(i).width / 2;
            x += row.get(i).width + COLUMN_GAP;
        }
    }

    private void order(boolean down) {
        List<List<Slot>> sequence = down ? rows : rows.reversed();
        for (List<Slot> row : sequence) {
            Map<Slot, Double> wish = new HashMap<>();
            row.forEach(s -> wish.put(
                    s,
                    (down ? s.above : s.below)
                            .stream()
                                    .mapToDouble(n -> n.order / size(n))
                                    .average()
                                    .orElse(s.order / row.size())));
            row.sort(Comparator.comparingDouble(wish::get));
            for (int i = 0; i < row.size(); i++) {
                row.get(i).order = i;
            }
        }
        rows.forEach(this::pack);
    }

    private double size(Slot slot) {
        return rows.get(slot.row).size();
    }

    private void straighten(boolean down) {
        for (List<Slot> row : down ? rows : rows.reversed()) {
            row.forEach(s -> s.x = (down ? s.above : s.below)
                    .stream().mapToDouble(n -> n.x).average().orElse(s.x));
            separate(row);
        }
    }

    /// Moves what overlaps apart, half to each side: once from the left, once from the right, and the middle of both.
    private static void separate(List<Slot> row) {
        double[] left = row.stream().mapToDouble(s -> s.x).toArray();
        double[] right = left.clone();
        for (int i = 1; i < left.length; i++) {
            left[i] = Math.max(left[i], left[i - 1] + distance(row, i));
        }
        for (int i = right.length - 2; i >= 0; i--) {
            right[i] = Math.min(right[i], right[i + 1] - distance(row, i + 1));
        }
        IntStream.range(0, left.length).forEach(i -> row.get(i).x = (left[i] + right[i]) / 2);
    }

    private static double distance(List<Slot> row, int i) {
        return (row.get(i - 1).width + row.get(i).width) / 2 + COLUMN_GAP;
    }

    private void shiftToZero() {
        double least = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(s -> s.x - s.width / 2)
                .min()
                .orElse(0);
        rows.forEach(row -> row.forEach(s -> s.x -= least));
    }

    private void stack() {
        double y = 0;
        for (List<Slot> row : rows) {
            tops.add(y);
            y += height(row) + ROW_GAP;
        }
    }

    private static double height(List<Slot> row) {
        return row.stream().mapToDouble(s -> s.height).max().orElse(0);
    }

    /// Where a box is; in the vertical middle of its row.
    Place box(int index) {
        Slot slot = boxes.get(index);
        double y = tops.get(slot.row) + (height(rows.get(slot.row)) - slot.height) / 2;
        return new Place(slot.x, y, slot.width, slot.height);
    }

    /// Where a line goes: from below a box, at the top and the bottom of every row it passes, to above a box.
    List<Point> line(Diagram.Line line) {
        List<Point> points = new ArrayList<>();
        Place from = box(line.from());
        Place to = box(line.to());
        points.add(new Point(from.x(), from.y() + from.height()));
        for (Slot lane : lanesByLine.getOrDefault(line, List.of())) {
            points.add(new Point(lane.x, tops.get(lane.row)));
            points.add(new Point(lane.x, tops.get(lane.row) + height(rows.get(lane.row))));
        }
        points.add(new Point(to.x(), to.y()));
        return points;
    }

    double width() {
        return rows.stream()
                .flatMap(List::stream)
                .mapToDouble(s -> s.x + s.width / 2)
                .max()
                .orElse(0);
    }

    double height() {
        return tops.isEmpty() ? 0 : tops.getLast() + height(rows.getLast());
    }
}
