package terrazzo.app.canvas;

/// One row of a frame while it is painted: opaque or transparent `0xAARRGGBB`, premultiplied, from [#fromX]
/// to [#toX]. It belongs to one thread and is reused for the next row. Its arrays have one place for each screen
/// column,
/// so that loops over several of them use one index: only those are compiled to instructions that do many at once.
public final class Scanline {

    private final Grid grid;
    private final int[] pixels;
    private final int[] tints;
    private final int[] scratchA;
    private final int[] scratchB;
    private final LabelSource.Row rowA = new LabelSource.Row();
    private final LabelSource.Row rowB = new LabelSource.Row();
    private final int fromX;
    private final int toX;
    private int y;

    Scanline(Grid grid, int fromX, int toX) {
        this.grid = grid;
        this.pixels = new int[grid.width()];
        this.tints = new int[grid.width()];
        this.fromX = Math.max(fromX, grid.firstX());
        this.toX = Math.min(toX, grid.endX());
        // A level is at least half as dense as the screen, so a line never needs more than two samples per pixel.
        int samples = 2 * Math.max(0, this.toX - this.fromX) + 4;
        this.scratchA = new int[samples];
        this.scratchB = new int[samples];
    }

    void moveTo(int newY) {
        y = newY;
    }

    public Grid grid() {
        return grid;
    }

    /// The row's pixels, one for each screen column.
    public int[] pixels() {
        return pixels;
    }

    /// A number for each screen column, to be used while one layer paints.
    int[] tints() {
        return tints;
    }

    public int y() {
        return y;
    }

    /// The first column to paint; it lies inside the image.
    public int fromX() {
        return fromX;
    }

    /// One past the last column to paint.
    public int toX() {
        return toX;
    }

    int[] scratchA() {
        return scratchA;
    }

    int[] scratchB() {
        return scratchB;
    }

    LabelSource.Row rowA() {
        return rowA;
    }

    LabelSource.Row rowB() {
        return rowB;
    }
}
