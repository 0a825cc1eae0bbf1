package terrazzo.app.workspace.inference;

import terrazzo.app.canvas.LabelPyramid;
import terrazzo.app.segment.Segmentation;

/// A segmentation made ready to be shown. Made off the UI thread.
///
/// @param found by the model
/// @param pyramid to paint from
/// @param statistics pixels by class
record Result(Segmentation found, LabelPyramid pyramid, LabelStatistics statistics) {

    static Result of(Segmentation found) {
        return new Result(
                found,
                new LabelPyramid(found.labels(), found.confidence()),
                new LabelStatistics(found.labels(), found.confidence()));
    }
}
