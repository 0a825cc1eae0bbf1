package terrazzo.app.workspace.charts;

/// What the workspace keeps between runs.
///
/// @param x the horizontal axis, a name of [terrazzo.train.logs.XAxis]
/// @param smoothing from 0 to 1
/// @param isLogX whether the horizontal axis is logarithmic
/// @param isLogY whether vertical axes are logarithmic
/// @param isClipped whether outliers may lie outside
/// @param isLive whether logs are followed while they grow
/// @param hasTable whether figures are listed below the charts
/// @param isPaper whether exports are on white, whatever the theme
record ChartsSettings(
        String x,
        double smoothing,
        boolean isLogX,
        boolean isLogY,
        boolean isClipped,
        boolean isLive,
        boolean hasTable,
        boolean isPaper) {

    static final String TOPIC = "charts";
    static final ChartsSettings DEFAULT = new ChartsSettings("ITERATION", 0.6, false, false, true, true, false, false);
}
