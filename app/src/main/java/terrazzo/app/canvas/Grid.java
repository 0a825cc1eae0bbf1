package terrazzo.app.canvas;

import java.util.Arrays;
import terrazzo.core.Size;

/// One frame's geometry: the image column and row that each screen column and row shows, found at the middle of the
/// screen pixel. Layers that hold half-size levels read [#level] and shift.
public final class Grid {

    /// What a screen column or row holds when it lies outside the image.
    public static final int OUTSIDE = -1;

    private final Viewport.Transform transform;
    private final Size image;
    private final int level;
    private final boolean smooth;
    private final int[] columns;
    private final int[] rows;
    private final int firstX;
    private final int endX;

    private Grid(Viewport.Transform transform, Size image, Size screen, boolean smooth) {
        this.transform = transform;
        this.image = image;
        this.level = levelFor(transform.zoom());
        this.smooth = smooth && transform.zoom() < 1;
        this.columns = sample(screen.width(), image.width(), transform.originX(), transform.zoom());
        this.rows = sample(screen.height(), image.height(), transform.originY(), transform.zoom());
        int first = 0;
        while (first < columns.length && columns[first] == OUTSIDE) {
            first++;
        }
        int end = columns.length;
        while (end > first && columns[end - 1] == OUTSIDE) {
            end--;
        }
        this.firstX = first;
        this.endX = end;
    }

    /// The geometry for quick frames: the nearest pixel.
    public static Grid quick(Viewport.Transform transform, Size image, Size screen) {
        return new Grid(transform, image, screen, false);
    }

    /// The geometry for frames that stay: an image shown smaller than it is may be interpolated. From zoom 1 on pixels
    /// are crisp squares either way.
    public static Grid fine(Viewport.Transform transform, Size image, Size screen) {
        return new Grid(transform, image, screen, true);
    }

    /// How often the image is halved before it is sampled: at zoom 1/2 once, at 1/4 twice, in between the finer one.
    static int levelFor(double zoom) {
        int level = 0;
        for (double z = zoom; z <= 0.5 && level < 16; z *= 2) {
            level++;
        }
        return level;
    }

    private static int[] sample(int screenLength, int imageLength, double origin, double zoom) {
        int[] at = new int[screenLength];
        Arrays.fill(at, OUTSIDE);
        double step = 1 / zoom;
        for (int s = 0; s < screenLength; s++) {
            double position = Math.floor(origin + (s + 0.5) * step);
            if (position >= 0 && position < imageLength) {
                at[s] = (int) position;
            }
        }
        return at;
    }

    public Viewport.Transform transform() {
        return transform;
    }

    /// The size of the image at level 0.
    public Size image() {
        return image;
    }

    public int level() {
        return level;
    }

    public boolean isSmooth() {
        return smooth;
    }

    public int width() {
        return columns.length;
    }

    public int height() {
        return rows.length;
    }

    /// Whether each screen column that shows the image shows the column after that of the one before.
    boolean isDotForDot() {
        return firstX < endX && columns[endX - 1] - columns[firstX] == endX - 1 - firstX && transform.zoom() == 1;
    }

    /// The image column at screen column `x`, or [#OUTSIDE].
    public int column(int x) {
        return columns[x];
    }

    /// The image row at screen row `y`, or [#OUTSIDE].
    public int row(int y) {
        return rows[y];
    }

    /// The first screen column that shows the image.
    public int firstX() {
        return firstX;
    }

    /// One past the last screen column that shows the image.
    public int endX() {
        return endX;
    }

    /// All columns; read only, for the inner loops of layers.
    int[] columns() {
        return columns;
    }
}
