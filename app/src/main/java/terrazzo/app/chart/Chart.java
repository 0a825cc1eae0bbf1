package terrazzo.app.chart;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.Scene;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import terrazzo.app.chart.ChartLink.Range;
import terrazzo.app.chart.ChartPainter.Shape;
import terrazzo.app.chart.ChartPainter.View;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.Fit;
import terrazzo.train.figure.Look;
import terrazzo.train.figure.Pen.Area;
import terrazzo.train.figure.Trace;

/// Draws curves. Dragging pans, the wheel zooms at the pointer (beside the plot or with Ctrl: the
/// vertical axis), a double click shows everything again. The vertical axis follows what is in view until it
/// is zoomed. UI thread only.
///
/// Frames are drawn on another thread, so that a window with many long curves goes on answering; while one is
/// drawn, only the newest of what is asked for is kept. A frame's curves, grid and labels are shown together.
///
/// Traces are made elsewhere, best off the UI thread, and shown with [#show]:
/// ```
/// Chart chart = new Chart(new ChartLink());
/// List<Trace> traces = List.of(Trace.smoothed(Curve.of("loss", Look.curve(0), xs, ys), 0.6));
/// chart.show(Chart.Content.of(traces, Axis.Unit.NUMBER));
/// ```
public final class Chart extends Region {

    private static final StyleablePropertyFactory<Chart> CSS =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final double WHEEL_FACTOR = 1.0018;

    /// The least share of the whole axis that can be zoomed to.
    private static final double FINEST = 1e-7;

    private final ChartLink link;
    private final ImageView screen = new ImageView();
    private final LabelLayer labels = new LabelLayer();
    private final ChartPainter painter = new ChartPainter();
    private final PointerLayer pointer = new PointerLayer();
    private final InvalidationListener move = _ -> repaint();
    private final InvalidationListener hover;

    private final StyleableProperty<Color> background = colour("background", c -> c.background);
    private final StyleableProperty<Color> grid = colour("grid", c -> c.grid);
    private final StyleableProperty<Color> axis = colour("axis", c -> c.axis);
    private final StyleableProperty<Color> text = colour("text", c -> c.text);
    private final StyleableProperty<Color> muted = colour("muted", c -> c.muted);
    private final StyleableProperty<Color> alarm = colour("alarm", c -> c.alarm);

    private Content content = Content.of(List.of(), Axis.Unit.NUMBER);
    private Optional<Axis> heldY = Optional.empty();
    private Figure figure;
    private Area plot = new Area(0, 0, 1, 1);
    private double dragX;
    private double dragY;
    private Shape shape = new Shape(0, 0, 1, Look.LIGHT);
    private boolean isStale = true;
    private boolean isExpected;
    private boolean isPainting;
    private long paintNanos;
    private long frames;

    /// What a chart shows.
    ///
    /// @param traces the last on top
    /// @param x the horizontal axis when nothing is zoomed
    /// @param yScale how the vertical axis is spread
    /// @param isClipped whether outliers may lie outside
    public record Content(List<Trace> traces, Axis x, Axis.Scale yScale, boolean isClipped) {

        public Content {
            traces = List.copyOf(traces);
        }

        /// Linear axes that show all of the traces.
        public static Content of(List<Trace> traces, Axis.Unit unit) {
            return new Content(traces, Fit.x(traces, Axis.Scale.LINEAR, unit), Axis.Scale.LINEAR, false);
        }
    }

    /// @param link shared by charts that move together
    public Chart(ChartLink link) {
        this.link = link;
        this.figure = view().figure();
        this.hover = _ -> point();
        getStyleClass().add("chart");
        setMinSize(0, 0);
        screen.setManaged(false);
        screen.setSmooth(false);
        labels.setManaged(false);
        pointer.setManaged(false);
        getChildren().addAll(screen, labels, pointer);
        link.rangeProperty().addListener(move);
        link.leftProperty().addListener(move);
        link.pointerProperty().addListener(hover);
        listenToPointer();
    }

    /// Shows other traces; what was zoomed stays zoomed.
    public void show(Content next) {
        if (next.yScale() != content.yScale()) {
            heldY = Optional.empty();
        }
        content = next;
        if (next.traces.isEmpty()) {
            link.place(this, 0);
        }
        repaint();
    }

    /// What is to be shown now, with its axes; for exports.
    public Figure figure() {
        return view().figure();
    }

    private View view() {
        return new View(
                content, link.rangeProperty().get(), heldY, link.leftProperty().get());
    }

    /// Shows everything on both axes.
    public void showAll() {
        heldY = Optional.empty();
        link.showAll();
        repaint();
    }

    public ChartLink link() {
        return link;
    }

    /// Lets go of the link; the node is not shown again.
    public void dispose() {
        link.rangeProperty().removeListener(move);
        link.leftProperty().removeListener(move);
        link.place(this, 0);
        link.pointerProperty().removeListener(hover);
        expect(false);
    }

    /// How long the last frame took to draw, on whatever thread.
    public long paintNanos() {
        return paintNanos;
    }

    /// How many frames were shown so far.
    public long frames() {
        return frames;
    }

    /// Where the plot lies in this node, px.
    public Area plot() {
        return plot;
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return CSS.getCssMetaData();
    }

    @Override
    protected double computePrefWidth(double height) {
        return 480;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 280;
    }

    @Override
    protected void layoutChildren() {
        pointer.resizeRelocate(0, 0, getWidth(), getHeight());
        Shape now = new Shape(getWidth(), getHeight(), scale(), look());
        isStale |= !now.equals(shape);
        shape = now;
        paint();
    }

    private double scale() {
        Scene scene = getScene();
        return scene == null || scene.getWindow() == null
                ? 1
                : scene.getWindow().getRenderScaleX();
    }

    private void repaint() {
        isStale = true;
        expect(getScene() != null);
        requestLayout();
    }

    /// Begins to draw the newest of what is asked for, unless a frame is being drawn.
    private void paint() {
        if (isPainting || !isStale) {
            return;
        }
        isStale = false;
        if (shape.pixelWidth() < 1 || shape.pixelHeight() < 1) {
            expect(false); // drawn once there is room
            return;
        }
        isPainting = true;
        View view = view();
        Shape drawn = shape;
        ForkJoinPool.commonPool().execute(() -> {
            ChartFrame frame = null;
            try {
                frame = painter.paint(view, drawn);
            } finally {
                ChartFrame done = frame;
                Platform.runLater(() -> end(drawn, done));
            }
        });
    }

    /// @param frame null when it could not be drawn
    private void end(Shape drawn, @Nullable ChartFrame frame) {
        isPainting = false;
        if (frame == null) {
            expect(false);
            return;
        }
        screen.setFitWidth(drawn.pixelWidth() / drawn.scale());
        screen.setFitHeight(drawn.pixelHeight() / drawn.scale());
        painter.shown();
        screen.setImage(frame.image());
        labels.show(frame.labels());
        figure = frame.figure();
        plot = frame.plot();
        paintNanos = frame.nanos();
        frames++;
        pointer.place(figure, plot, Colours.rgb(muted.getValue()));
        point();
        link.place(this, content.traces.isEmpty() ? 0 : frame.left());
        expect(isStale);
        paint();
    }

    /// Tells the link whether something asked for is not on screen yet.
    private void expect(boolean isOpen) {
        if (isOpen != isExpected) {
            isExpected = isOpen;
            link.expect(isOpen ? 1 : -1);
        }
    }

    private void listenToPointer() {
        setOnMouseMoved(e -> point(e.getX(), e.getY()));
        setOnMouseExited(_ -> link.pointerProperty().set(Double.NaN));
        setOnMousePressed(e -> {
            dragX = e.getX();
            dragY = e.getY();
        });
        setOnMouseDragged(e -> {
            pan((dragX - e.getX()) / plot.width(), (e.getY() - dragY) / plot.height());
            dragX = e.getX();
            dragY = e.getY();
            point(e.getX(), e.getY());
        });
        setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                showAll();
            }
        });
        setOnScroll(this::zoom);
    }

    private void point(double x, double y) {
        link.pointerProperty().set(plot.contains(x, y) ? figure.x().value((x - plot.x()) / plot.width()) : Double.NaN);
    }

    private void point() {
        pointer.show(link.pointerProperty().get(), link.nameProperty().get());
    }

    private void pan(double byX, double byY) {
        show(view().x().part(byX, 1 + byX)); // not the frame's, which may lie behind
        if (heldY.isPresent()) {
            heldY = heldY.map(held -> held.part(byY, 1 + byY));
            repaint();
        }
    }

    private void zoom(ScrollEvent event) {
        double factor = Math.pow(WHEEL_FACTOR, -(event.getDeltaY() + event.getDeltaX()));
        double atX = Math.clamp((event.getX() - plot.x()) / plot.width(), 0, 1);
        double atY = Math.clamp((plot.bottom() - event.getY()) / plot.height(), 0, 1);
        if (event.getX() < plot.x() || event.isShortcutDown()) {
            heldY = Optional.of(heldY.orElse(figure.y()).part(atY * (1 - factor), atY + (1 - atY) * factor));
            repaint();
        } else {
            show(view().x().part(atX * (1 - factor), atX + (1 - atX) * factor));
        }
        event.consume();
    }

    /// Shows a part of the horizontal axis that touches the whole, in every chart of the link.
    private void show(Axis part) {
        Axis whole = content.x;
        double low = whole.position(part.low());
        double high = whole.position(part.high());
        boolean isFine = high - low < FINEST;
        boolean isAll = low <= 0 && high >= 1;
        if (isAll) {
            link.showAll();
        } else if (!isFine && high > 0 && low < 1) {
            link.rangeProperty().set(Optional.of(new Range(part.low(), part.high())));
        }
    }

    private StyleableProperty<Color> colour(String name, Function<Chart, StyleableProperty<Color>> property) {
        StyleableProperty<Color> made =
                CSS.createStyleableColorProperty(this, name, "-tz-chart-" + name, property, Color.GRAY);
        if (made instanceof ObservableValue<?> value) {
            value.addListener(move);
        }
        return made;
    }

    /// Its colours, as the theme has them.
    public Look look() {
        return new Look(
                Colours.rgb(background.getValue()),
                Colours.rgb(grid.getValue()),
                Colours.rgb(axis.getValue()),
                Colours.rgb(text.getValue()),
                Colours.rgb(muted.getValue()),
                Colours.rgb(alarm.getValue()));
    }
}
