package terrazzo.app.workspace.charts;

import java.util.List;

/// What is open in the workspace, for the session journal. How axes are drawn is among the settings.
///
/// @param runs folders or files of the runs, in their order
/// @param hidden those of them that are not drawn
/// @param keys what has a chart
/// @param group the setting that colours the runs, empty for none
/// @param range first and last value of the part of the horizontal axis that is seen, empty for all of it
record ChartsSession(List<String> runs, List<String> hidden, List<String> keys, String group, List<Double> range) {

    ChartsSession {
        runs = List.copyOf(runs);
        hidden = List.copyOf(hidden);
        keys = List.copyOf(keys);
        range = List.copyOf(range);
    }
}
