/// Images and label maps too large for memory, in scratch files of square tiles with half-size levels.
/// {@link terrazzo.data.tiles.ImageTiles} is filled row by row while an image file is decoded ({@link
/// terrazzo.data.images.ImageRows}), {@link terrazzo.data.tiles.LabelTiles} region by region while a model
/// works. Both hold a few rows of tiles in memory and nothing more; the files vanish with the process.
@NullMarked
package terrazzo.data.tiles;

import org.jspecify.annotations.NullMarked;
