/// Curves on screen: a [terrazzo.app.chart.Chart] draws [terrazzo.train.figure.Trace]s, is panned and zoomed,
/// and says what lies under the pointer. Charts that share a [terrazzo.app.chart.ChartLink] move and hover
/// together.
@NullMarked
package terrazzo.app.chart;

import org.jspecify.annotations.NullMarked;
