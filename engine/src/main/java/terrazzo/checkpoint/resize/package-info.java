/// Tables of positions for other sizes of images and windows than a checkpoint was trained at, as the reference resizes
/// them. Start at {@link terrazzo.checkpoint.resize.PositionGrid} and {@link terrazzo.checkpoint.resize.OffsetTable};
/// modules give these to their parameters, {@link terrazzo.checkpoint.StateDictReport} applies them.
@NullMarked
package terrazzo.checkpoint.resize;

import org.jspecify.annotations.NullMarked;
