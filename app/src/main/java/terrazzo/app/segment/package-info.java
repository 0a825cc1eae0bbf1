/// What workspaces ask of the engine: open a model, find the class of each pixel. The one place of the studio that
/// knows
/// how the engine does it; workspaces know [terrazzo.app.segment.SegmentationService] alone.
@NullMarked
package terrazzo.app.segment;

import org.jspecify.annotations.NullMarked;
