/// The picture that every workspace shows: an image, label maps over it, and tools that point at their pixels. Four
/// small things instead of a viewer: [terrazzo.app.canvas.Viewport] says which part is seen,
/// a [terrazzo.app.canvas.Layer] paints it line by line, [terrazzo.app.canvas.TileCache] holds the pieces of the image
/// that are near, and a [terrazzo.app.canvas.Tool] hears the pointer. [terrazzo.app.canvas.Compositor] joins them
/// without a toolkit, so that pixels are tested as plain arrays; [terrazzo.app.canvas.SegCanvas] puts them on screen.
@NullMarked
package terrazzo.app.canvas;

import org.jspecify.annotations.NullMarked;
