/// Image and label map files. {@link terrazzo.data.images.ImageFile} reads and writes images as MMSegmentation's OpenCV
/// backend does, {@link terrazzo.data.images.LabelMapFile} label maps as its Pillow backend does. Headers are checked
/// before anything is decoded, so that a hostile file costs no memory. OpenCV is loaded at the first use.
@NullMarked
package terrazzo.data.images;

import org.jspecify.annotations.NullMarked;
