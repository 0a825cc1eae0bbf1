package terrazzo.app.canvas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Paints layers into a frame of `0xAARRGGBB`, bottom first, one line at a time, and one colour outside the image.
/// Lines that show the same image row are painted once and copied, so large zooms are cheap; large frames
/// are painted by several threads.
public final class Compositor {

    /// Below this many pixels the hand-over to other threads costs more than it gains.
    private static final int PARALLEL_FROM = 400_000;

    /// The smallest zoom at which image pixels are told apart by lines.
    public static final double PIXEL_GRID_FROM = 8;

    private static final int GRID_LINE = 0x808080;
    private static final int GRID_WEIGHT = 90;

    private final List<Layer> layers;
    private final Ground ground;
    private final List<Layer> above;
    private final int bands;
    private final int outside;

    /// Leaves what lies outside the image transparent.
    public Compositor(List<Layer> layers) {
        this(layers, 0);
    }

    /// @param outside what is shown there, premultiplied
    public Compositor(List<Layer> layers, int outside) {
        this.outside = outside;
        this.layers = List.copyOf(layers);
        this.ground = new Ground(layers.isEmpty() ? Optional.empty() : Optional.of(layers.getFirst()));
        this.above = this.layers.subList(Math.min(1, layers.size()), layers.size());
        this.bands = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
    }

    /// A part of the screen, in device pixels; right and lower edge exclusive.
    ///
    /// @param x0 left
    /// @param y0 top
    /// @param x1 one past the right
    /// @param y1 one past the bottom
    public record Area(int x0, int y0, int x1, int y1) {

        public static Area all(Grid grid) {
            return new Area(0, 0, grid.width(), grid.height());
        }

        public boolean isEmpty() {
            return x0 >= x1 || y0 >= y1;
        }

        Area within(Grid grid) {
            return new Area(Math.max(0, x0), Math.max(0, y0), Math.min(grid.width(), x1), Math.min(grid.height(), y1));
        }
    }

    /// The lowest layer has changed: what was kept of it counts no more.
    public void refresh() {
        ground.forget();
    }

    /// Paints `area` of the frame; the other pixels are left as they are.
    ///
    /// @param pixels `grid.height() * grid.width()`
    public void compose(Grid grid, int[] pixels, Area area) {
        Area part = area.within(grid);
        if (part.isEmpty()) {
            return;
        }
        layers.forEach(layer -> layer.prepare(grid));
        ground.prepare(grid, part);
        int lines = part.y1 - part.y0;
        if ((long) lines * (part.x1 - part.x0) < PARALLEL_FROM || bands == 1) {
            paint(grid, pixels, part);
            return;
        }
        IntStream.range(0, bands)
                .parallel()
                .forEach(b -> paint(
                        grid,
                        pixels,
                        new Area(part.x0, part.y0 + lines * b / bands, part.x1, part.y0 + lines * (b + 1) / bands)));
    }

    private void paint(Grid grid, int[] pixels, Area area) {
        Scanline line = new Scanline(grid, area.x0, area.x1);
        boolean hasGrid = grid.transform().zoom() >= PIXEL_GRID_FROM;
        int plain = -1; // the last line painted without the pixel grid's horizontal stroke
        for (int y = area.y0; y < area.y1; y++) {
            int offset = y * grid.width();
            int row = grid.row(y);
            boolean isFirst = hasGrid && (y == 0 || grid.row(y - 1) != row);
            if (row == Grid.OUTSIDE || line.fromX() >= line.toX()) {
                Arrays.fill(pixels, offset + area.x0, offset + area.x1, outside);
                plain = -1;
            } else if (plain >= 0 && grid.row(plain) == row && !isFirst && !outlined(grid, plain)) {
                System.arraycopy(pixels, plain * grid.width() + area.x0, pixels, offset + area.x0, area.x1 - area.x0);
            } else {
                Arrays.fill(pixels, offset + area.x0, offset + line.fromX(), outside);
                Arrays.fill(pixels, offset + line.toX(), offset + area.x1, outside);
                line.moveTo(y);
                ground.paint(line);
                above.forEach(layer -> layer.paint(line));
                if (hasGrid) {
                    pixelGrid(line, isFirst);
                }
                System.arraycopy(line.pixels(), line.fromX(), pixels, offset + line.fromX(), line.toX() - line.fromX());
                plain = isFirst ? -1 : y;
            }
        }
    }

    /// The first line of an image row may carry an outline that the others don't, so it is not copied.
    private static boolean outlined(Grid grid, int y) {
        return y == 0 || grid.row(y - 1) != grid.row(y);
    }

    private static void pixelGrid(Scanline line, boolean wholeLine) {
        int[] columns = line.grid().columns();
        int[] pixels = line.pixels();
        for (int x = line.fromX(); x < line.toX(); x++) {
            if (wholeLine || x == 0 || columns[x - 1] != columns[x]) {
                pixels[x] = 0xFF000000 | ImageLayer.mix(pixels[x], GRID_LINE, GRID_WEIGHT);
            }
        }
    }
}
