/// Figures that say how well predictions agree with ground truth. A {@link terrazzo.metrics.Metric} takes samples one
/// by
/// one, in memory that does not grow with their number, and makes a {@link terrazzo.metrics.MetricReport} of them.
@NullMarked
package terrazzo.metrics;

import org.jspecify.annotations.NullMarked;
