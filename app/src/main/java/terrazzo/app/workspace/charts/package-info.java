/// The workspace that draws what runs have logged. [terrazzo.app.workspace.charts.ChartsView] shows what
/// [terrazzo.app.workspace.charts.ChartsViewModel] holds; the charts themselves are
/// [terrazzo.app.chart.Chart]s.
@NullMarked
package terrazzo.app.workspace.charts;

import org.jspecify.annotations.NullMarked;
