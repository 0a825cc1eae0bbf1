package terrazzo.metrics;

import terrazzo.data.sample.SegDataSample;

/// Gathers samples and makes figures of them. [#process] may be called from several threads at once.
public interface Metric {

    /// Takes in one sample; keeps no reference to it.
    void process(SegDataSample sample);

    /// The figures over every sample so far.
    MetricReport compute();

    /// Forgets every sample.
    void reset();
}
