package terrazzo.app.canvas;

import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;

/// The whole image in a corner of the canvas with a frame around the visible part; there only while a part
/// is out of sight. Pressing or dragging moves the view there.
final class Minimap extends Region {

    private static final double LONG_SIDE = 168;
    private static final double GAP = 12;
    private static final double LEAST_WINDOW = 10;

    private final Viewport viewport;
    private final ImageView thumbnail = new ImageView();
    private final Rectangle window = new Rectangle();
    private final Runnable follow = this::update;
    private @Nullable TileCache cache;
    private double factor;

    Minimap(Viewport viewport) {
        this.viewport = viewport;
        getStyleClass().add("minimap");
        window.getStyleClass().add("minimap-window");
        setManaged(false);
        setVisible(false);
        thumbnail.setMouseTransparent(true);
        window.setMouseTransparent(true);
        thumbnail.setManaged(false);
        window.setManaged(false);
        getChildren().addAll(thumbnail, window);
        viewport.addListener(follow);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::go);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
        addEventHandler(MouseEvent.MOUSE_RELEASED, MouseEvent::consume);
    }

    void setSource(@Nullable TileCache next) {
        cache = next;
        thumbnail.setImage(null);
        update();
    }

    /// Tiles have come: perhaps the one that is shown here, perhaps newer.
    void refresh() {
        if (isVisible() && cache != null && !cache.source().isResident()) {
            draw(cache);
        }
        update();
    }

    void place(double parentWidth, double parentHeight) {
        relocate(parentWidth - getWidth() - GAP, parentHeight - getHeight() - GAP);
    }

    void dispose() {
        viewport.removeListener(follow);
    }

    private void update() {
        TileCache source = cache;
        boolean isNeeded = source != null && viewport.isCropped() && viewport.width() > 4 * LONG_SIDE / 2;
        setVisible(isNeeded);
        if (!isNeeded || source == null) {
            return;
        }
        Size size = viewport.image();
        factor = LONG_SIDE / Math.max(size.width(), size.height());
        double width = Math.max(8, size.width() * factor);
        double height = Math.max(8, size.height() * factor);
        double oldX = getLayoutX() + getWidth();
        double oldY = getLayoutY() + getHeight();
        if (width != getWidth() || height != getHeight()) {
            resize(width, height);
            relocate(oldX - width, oldY - height);
        }
        if (thumbnail.getImage() == null) {
            draw(source);
        }
        thumbnail.setFitWidth(width);
        thumbnail.setFitHeight(height);
        Viewport.Transform t = viewport.transform();
        Span across = Span.of(t.originX() * factor, t.toImageX(viewport.width()) * factor, width);
        Span down = Span.of(t.originY() * factor, t.toImageY(viewport.height()) * factor, height);
        window.setX(across.from);
        window.setWidth(across.to - across.from);
        window.setY(down.from);
        window.setHeight(down.to - down.from);
    }

    /// What is seen of one side of the image.
    private record Span(double from, double to) {

        /// @param length of the side; what is seen is drawn large enough to be found
        static Span of(double from, double to, double length) {
            double start = Math.clamp(from, 0, length);
            double end = Math.clamp(to, start, length);
            double lacking = Math.max(0, LEAST_WINDOW - (end - start));
            double left = Math.clamp(start - lacking / 2, 0, Math.max(0, length - LEAST_WINDOW));
            return new Span(left, Math.min(length, left + (end - start) + lacking));
        }
    }

    /// The coarsest level is one tile.
    private void draw(TileCache source) {
        int level = source.source().levels() - 1;
        int[] tile = source.get(level, 0, 0);
        if (tile == null) {
            return;
        }
        Size size = TileSource.at(source.source().size(), level);
        WritableImage small = new WritableImage(size.width(), size.height());
        small.getPixelWriter()
                .setPixels(
                        0, 0, size.width(), size.height(), PixelFormat.getIntArgbInstance(), tile, 0, TileSource.TILE);
        thumbnail.setImage(small);
    }

    private void go(MouseEvent event) {
        viewport.centreOn(event.getX() / factor, event.getY() / factor);
        event.consume();
    }
}
