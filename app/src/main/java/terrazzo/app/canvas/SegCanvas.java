package terrazzo.app.canvas;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;
import javafx.scene.Cursor;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;

/// Shows an image with layers over it, composed in Java for the visible part only and shown dot for dot.
/// The wheel zooms at the pointer, the middle button (or the primary one, when the tool leaves it free)
/// pans, `0` fits, `1` shows 100 %; holding Tab shows the bare image and holding the back quote the bare
/// map. At most one frame is composed per pulse, however many changes asked for it.
public final class SegCanvas extends Region {

    /// After a change of the view, frames are quick until it rests this long.
    private static final Duration REST = Duration.millis(90);

    private static final double WHEEL_FACTOR = 1.0018;

    /// The frame leaves nothing of this node free, so JavaFX needn't paint what lies below it. It only believes that of
    /// a node with a background; this one is too small to be painted.
    private static final Background UNSEEN =
            new Background(new BackgroundFill(Color.BLACK, CornerRadii.EMPTY, new Insets(1 << 20)));

    private final Viewport viewport;
    private final Region backdrop = new Region(); // has no size: the theme says by it what surrounds the image
    private final ImageView screen = new ImageView();
    private final Minimap minimap;
    private final PauseTransition rest = new PauseTransition(REST);
    private final Runnable follow = this::viewChanged;

    private @Nullable TileCache cache;
    private @Nullable ImageLayer image;
    private List<Layer> layers = List.of();
    private Compositor compositor = new Compositor(List.of());
    private Tool tool = new Tool() {};
    private Peek peek = Peek.NONE;

    private int[] pixels = new int[0];
    private @Nullable PixelBuffer<IntBuffer> buffer;
    private int frameWidth;
    private int frameHeight;
    private Compositor.@Nullable Area dirty;
    private boolean fine = true;
    private long composeNanos;

    private double dragX;
    private double dragY;
    private boolean panning;
    private boolean spaceHeld;

    /// What is held aside for a look at the rest.
    public enum Peek {
        /// Everything is shown.
        NONE,
        /// Only the image is shown.
        IMAGE,
        /// The label maps are shown opaque.
        MAP
    }

    public SegCanvas(Viewport viewport) {
        this.viewport = viewport;
        this.minimap = new Minimap(viewport);
        getStyleClass().add("seg-canvas");
        setFocusTraversable(true);
        setMinSize(0, 0);
        setBackground(UNSEEN);
        setOpaqueInsets(Insets.EMPTY);
        backdrop.getStyleClass().add("backdrop");
        backdrop.setManaged(false);
        backdrop.setMouseTransparent(true);
        backdrop.backgroundProperty().addListener(_ -> compile());
        screen.setManaged(false);
        screen.setMouseTransparent(true);
        screen.setSmooth(false);
        getChildren().addAll(backdrop, screen, minimap);
        viewport.addListener(follow);
        rest.setOnFinished(_ -> {
            fine = true;
            repaint();
        });
        listenToPointer();
        listenToKeys();
    }

    public Viewport viewport() {
        return viewport;
    }

    /// Shows another image, or nothing; the layers stay.
    public void setImage(@Nullable TileCache next) {
        if (cache != null) {
            cache.onArrival(() -> {});
        }
        cache = next;
        image = next == null ? null : new ImageLayer(next);
        if (next != null) {
            next.onArrival(() -> Platform.runLater(this::arrived));
        }
        minimap.setSource(next);
        viewport.show(next == null ? new Size(0, 0) : next.source().size());
        compile();
    }

    /// Replaces what is painted over the image, bottom first.
    public void setLayers(List<? extends Layer> next) {
        listen(layers, () -> {});
        layers = List.copyOf(next);
        listen(layers, () -> Platform.runLater(this::repaint));
        compile();
    }

    private static void listen(List<Layer> layers, Runnable listener) {
        for (Layer layer : layers) {
            if (layer instanceof LabelLayer labels) {
                labels.map().onArrival(listener);
            }
        }
    }

    /// What the image's source holds has changed: tiles in sight are read again.
    public void refresh() {
        if (cache != null) {
            cache.refresh();
        }
        arrived();
    }

    private void arrived() {
        compositor.refresh();
        minimap.refresh();
        repaint();
    }

    public void setTool(Tool next) {
        tool = next;
        setCursor(next.cursor());
    }

    public void setPeek(Peek next) {
        if (next != peek) {
            peek = next;
            compile();
        }
    }

    public Peek peek() {
        return peek;
    }

    /// Composes everything at the next pulse.
    public void repaint() {
        dirty = new Compositor.Area(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        setNeedsLayout(true); // of this node alone: the ones around it keep their places
    }

    /// Composes the part that shows `[x0, x1) x [y0, y1)` of the image at the next pulse.
    public void repaint(int x0, int y0, int x1, int y1) {
        Viewport.Transform t = viewport.transform();
        // Coarser levels spread a pixel over its neighbours.
        int spread = 1 << Grid.levelFor(t.zoom());
        var area = new Compositor.Area(
                (int) Math.floor(t.toScreenX(x0 - spread)) - 1,
                (int) Math.floor(t.toScreenY(y0 - spread)) - 1,
                (int) Math.ceil(t.toScreenX(x1 + spread)) + 1,
                (int) Math.ceil(t.toScreenY(y1 + spread)) + 1);
        dirty = dirty == null ? area : union(dirty, area);
        setNeedsLayout(true);
    }

    /// The pixels on screen, row by row, as the last pulse composed them; read only.
    public int[] frame() {
        return pixels;
    }

    /// Whether a frame with an image was composed.
    public boolean showsImage() {
        return cache != null && composeNanos > 0 && dirty == null;
    }

    public int frameWidth() {
        return frameWidth;
    }

    public int frameHeight() {
        return frameHeight;
    }

    /// How long the last composition took.
    public long composeNanos() {
        return composeNanos;
    }

    /// The image column below a point of this node, with fraction.
    public double toImageX(double localX) {
        return viewport.transform().toImageX(localX * scale());
    }

    /// The image row below a point of this node, with fraction.
    public double toImageY(double localY) {
        return viewport.transform().toImageY(localY * scale());
    }

    /// Lets go of the viewport and the image; the node is not shown again.
    public void dispose() {
        viewport.removeListener(follow);
        minimap.dispose();
        rest.stop();
        setLayers(List.of());
        setImage(null);
    }

    @Override
    protected void layoutChildren() {
        double scale = scale();
        int width = (int) Math.ceil(getWidth() * scale);
        int height = (int) Math.ceil(getHeight() * scale);
        if (width != frameWidth || height != frameHeight) {
            resizeFrame(width, height);
        }
        screen.setFitWidth(width / scale);
        screen.setFitHeight(height / scale);
        minimap.place(getWidth(), getHeight());
        Compositor.Area area = dirty;
        dirty = null;
        if (area != null) {
            compose(area);
        }
    }

    private void resizeFrame(int width, int height) {
        frameWidth = width;
        frameHeight = height;
        if (width < 1 || height < 1) {
            buffer = null;
            screen.setImage(null);
            return;
        }
        pixels = new int[width * height];
        buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
        screen.setImage(new WritableImage(buffer));
        viewport.resize(width, height);
        dirty = new Compositor.Area(0, 0, width, height);
    }

    private void compose(Compositor.Area area) {
        PixelBuffer<IntBuffer> target = buffer;
        if (target == null) {
            return;
        }
        long start = System.nanoTime();
        Size size = new Size(frameHeight, frameWidth);
        Grid grid = fine
                ? Grid.fine(viewport.transform(), viewport.image(), size)
                : Grid.quick(viewport.transform(), viewport.image(), size);
        compositor.compose(grid, pixels, area);
        int x0 = Math.max(0, area.x0());
        int y0 = Math.max(0, area.y0());
        int x1 = Math.min(frameWidth, area.x1());
        int y1 = Math.min(frameHeight, area.y1());
        composeNanos = System.nanoTime() - start;
        if (x0 < x1 && y0 < y1) {
            target.updateBuffer(_ -> new Rectangle2D(x0, y0, x1 - x0, y1 - y0));
        }
    }

    private void compile() {
        List<Layer> shown = new ArrayList<>();
        if (image != null) {
            shown.add(image);
            for (Layer layer : layers) {
                switch (peek) {
                    case NONE -> shown.add(layer);
                    case IMAGE -> {
                        // nothing over the image
                    }
                    case MAP -> shown.add(layer instanceof LabelLayer map ? map.opaque() : layer);
                }
            }
        }
        compositor = new Compositor(shown, surroundings());
        repaint();
    }

    private int surroundings() {
        Background background = backdrop.getBackground();
        if (background != null
                && !background.isEmpty()
                && background.getFills().getFirst().getFill() instanceof Color c) {
            return 0xFF000000 | channel(c.getRed()) << 16 | channel(c.getGreen()) << 8 | channel(c.getBlue());
        }
        return 0xFF000000;
    }

    private static int channel(double value) {
        return (int) Math.round(value * 255);
    }

    private void viewChanged() {
        fine = false;
        rest.playFromStart();
        repaint();
    }

    private void listenToPointer() {
        addEventHandler(ScrollEvent.SCROLL, e -> {
            if (cache != null && e.getDeltaY() != 0 && !e.isAltDown()) {
                double factor = Math.pow(WHEEL_FACTOR, Math.clamp(e.getDeltaY(), -240, 240));
                viewport.zoomAt(e.getX() * scale(), e.getY() * scale(), factor);
                e.consume();
            }
        });
        setOnZoom(e -> viewport.zoomAt(e.getX() * scale(), e.getY() * scale(), e.getZoomFactor()));
        addEventHandler(MouseEvent.MOUSE_MOVED, e -> tool.moved(pointer(e)));
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> tool.left());
        addEventHandler(MouseEvent.MOUSE_PRESSED, e -> {
            requestFocus();
            dragX = e.getX();
            dragY = e.getY();
            panning = e.getButton() == MouseButton.MIDDLE
                    || (e.getButton() == MouseButton.PRIMARY && (spaceHeld || !tool.takesPrimary()));
            if (!panning) {
                tool.pressed(pointer(e));
            }
        });
        addEventHandler(MouseEvent.MOUSE_DRAGGED, e -> {
            if (panning) {
                setCursor(Cursor.CLOSED_HAND);
                viewport.panBy((e.getX() - dragX) * scale(), (e.getY() - dragY) * scale());
            } else {
                tool.dragged(pointer(e));
            }
            dragX = e.getX();
            dragY = e.getY();
        });
        addEventHandler(MouseEvent.MOUSE_RELEASED, e -> {
            if (panning) {
                panning = false;
                setCursor(tool.cursor());
            } else {
                tool.released(pointer(e));
            }
        });
    }

    private void listenToKeys() {
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.isShortcutDown() || e.isAltDown()) {
                return;
            }
            boolean isMine = true;
            switch (e.getCode()) {
                case TAB -> {
                    isMine = !e.isShiftDown();
                    if (isMine) {
                        setPeek(Peek.IMAGE);
                    }
                }
                case BACK_QUOTE -> setPeek(Peek.MAP);
                case DIGIT0, NUMPAD0 -> viewport.fit();
                case DIGIT1, NUMPAD1 -> viewport.actualSize();
                case SPACE -> {
                    spaceHeld = true;
                    isMine = tool.takesPrimary();
                }
                default -> isMine = false;
            }
            if (isMine) {
                e.consume();
            }
        });
        addEventHandler(KeyEvent.KEY_RELEASED, e -> {
            if (e.getCode() == KeyCode.TAB || e.getCode() == KeyCode.BACK_QUOTE) {
                setPeek(Peek.NONE);
            } else if (e.getCode() == KeyCode.SPACE) {
                spaceHeld = false;
            }
        });
        focusedProperty().addListener(_ -> {
            if (!isFocused()) {
                setPeek(Peek.NONE);
                spaceHeld = false;
            }
        });
    }

    private Tool.Pointer pointer(MouseEvent e) {
        return new Tool.Pointer(toImageX(e.getX()), toImageY(e.getY()), e.getButton(), e.isShiftDown());
    }

    /// Device pixels per unit of layout.
    private double scale() {
        Window window = getScene() == null ? null : getScene().getWindow();
        return window == null ? 1 : Math.max(1, window.getOutputScaleX());
    }

    private static Compositor.Area union(Compositor.Area a, Compositor.Area b) {
        return new Compositor.Area(
                Math.min(a.x0(), b.x0()), Math.min(a.y0(), b.y0()), Math.max(a.x1(), b.x1()), Math.max(a.y1(), b.y1()));
    }
}
