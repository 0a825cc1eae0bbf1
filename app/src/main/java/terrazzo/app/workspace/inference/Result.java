package terrazzo.app.workspace.inference;

import java.util.Optional;
import terrazzo.app.canvas.LabelPyramid;
import terrazzo.app.canvas.LabelSource;
import terrazzo.app.canvas.TiledLabels;
import terrazzo.app.segment.Segmentation;
import terrazzo.data.tiles.LabelTiles;

/// A segmentation made ready to be shown. Made off the UI thread.
///
/// @param found by the model; empty for large images
/// @param tiles labels of a large image
/// @param pyramid to paint from
/// @param statistics pixels by class; empty while the model is still at work
/// @param seconds the model took
record Result(
        Optional<Segmentation> found,
        Optional<LabelTiles> tiles,
        LabelSource pyramid,
        Optional<LabelStatistics> statistics,
        double seconds) {

    static Result of(Segmentation found) {
        return new Result(
                Optional.of(found),
                Optional.empty(),
                new LabelPyramid(found.labels(), found.confidence()),
                Optional.of(LabelStatistics.of(found.labels(), found.confidence())),
                found.seconds());
    }

    /// A large image at which the model is still at work.
    static Result begun(LabelTiles tiles, TiledLabels pyramid) {
        return new Result(Optional.empty(), Optional.of(tiles), pyramid, Optional.empty(), 0);
    }

    /// The same, with all labels there.
    Result done(double seconds) {
        return new Result(found, tiles, pyramid, tiles.map(LabelStatistics::of), seconds);
    }

    /// Lets the labels of a large image go, unless `next` has the same.
    void closeUnlessIn(Optional<Result> next) {
        tiles.filter(t -> next.flatMap(Result::tiles).filter(t::equals).isEmpty())
                .ifPresent(LabelTiles::close);
    }
}
