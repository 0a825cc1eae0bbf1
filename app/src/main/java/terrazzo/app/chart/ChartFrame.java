package terrazzo.app.chart;

import java.util.List;
import javafx.scene.image.Image;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.Pen.Area;

/// A chart as it was drawn.
///
/// @param image of everything but texts
/// @param labels the texts
/// @param figure what was drawn
/// @param plot where the curves lie
/// @param left where the plot would begin for the chart's own labels
/// @param nanos how long it took
record ChartFrame(Image image, List<PixelPen.Label> labels, Figure figure, Area plot, double left, long nanos) {}
