package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.Optional;
import terrazzo.app.canvas.RasterPyramid;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.ImageLimits;

/// An image made ready to be shown. Made off the UI thread.
///
/// @param name shown to the user
/// @param file it was read from, empty for frames
/// @param pyramid to paint from
record Picture(String name, Optional<Path> file, RasterPyramid pyramid) {

    /// 26,000 x 26,000: what an array can hold. The studio asks before nothing, for the user sees what is opened.
    static final ImageLimits LIMITS = new ImageLimits(676_000_000L, 2_000_000_000L);

    static Picture load(Path file) {
        return new Picture(
                file.getFileName().toString(), Optional.of(file), RasterPyramid.of(ImageFile.load(file, LIMITS)));
    }

    static Picture of(String name, Raster raster) {
        return new Picture(name, Optional.empty(), RasterPyramid.of(raster));
    }

    Raster raster() {
        return pyramid.level(0);
    }
}
