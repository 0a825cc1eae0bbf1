package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.Cancellation;
import terrazzo.core.Size;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.ImageRows;
import terrazzo.data.tiles.LargeImageFile;

/// Small pictures of files, made when they come into sight and kept while there is room. Of many wishes the
/// newest are met first and the oldest forgotten, so that scrolling through ten thousand files stays quick.
/// UI thread only.
final class Thumbnails {

    /// In units of layout.
    static final int WIDTH = 112;
    static final int HEIGHT = 72;

    /// Some screens of them. Each takes 64 kB, half of it the painter's; on a screen with twice the dots four times
    /// that.
    private static final int KEPT = 120;

    private static final int WAITING = 40;

    private final StudioServices services;
    private final int density;
    private final Map<Path, Image> imageByFile = new LinkedHashMap<>(64, 0.75f, true);
    private final Deque<Wish> wishes = new ArrayDeque<>();
    private boolean working;

    private record Wish(Path file, Consumer<Image> then) {}

    /// @param outputScale dots of the screen for a unit of layout
    Thumbnails(StudioServices services, double outputScale) {
        this.services = services;
        this.density = Math.clamp((int) Math.ceil(outputScale), 1, 3);
    }

    /// The picture, if it is here; otherwise it is made and handed to `then`.
    @Nullable
    Image get(Path file, Consumer<Image> then) {
        Image image = imageByFile.get(file);
        if (image == null) {
            wishes.push(new Wish(file, then));
            if (wishes.size() > WAITING) {
                wishes.removeLast();
            }
            next();
        }
        return image;
    }

    private void next() {
        if (working || wishes.isEmpty()) {
            return;
        }
        working = true;
        Wish wish = wishes.pop();
        services.tasks()
                .submitQuietly(Lane.FILES, (_, _) -> make(wish.file))
                .onDone(image -> {
                    imageByFile.put(wish.file, image);
                    if (imageByFile.size() > KEPT) {
                        imageByFile.remove(imageByFile.keySet().iterator().next());
                    }
                    wish.then.accept(image);
                })
                .onEnd(() -> {
                    working = false;
                    next();
                });
    }

    /// An empty picture for a file that can't be read: it is told when the user opens it.
    private Image make(Path file) {
        try {
            return LargeImageFile.of(file)
                    .map(large -> shrink(sampled(file, large.size()), density))
                    .orElseGet(() -> shrink(ImageFile.load(file, Picture.LIMITS), density));
        } catch (MediaException e) {
            return new WritableImage(1, 1);
        }
    }

    /// Every so many pixels of an image too large for memory.
    private static Raster sampled(Path file, Size size) {
        int step = Math.max(1, Math.min(size.width() / (4 * WIDTH), size.height() / (4 * HEIGHT)));
        Size small = new Size(size.height() / step, size.width() / step);
        byte[] bgr = new byte[Math.toIntExact(small.area() * 3)];
        ImageRows.read(
                file,
                _ -> (y, row) -> {
                    if (y % step == 0 && y / step < small.height()) {
                        for (int x = 0; x < small.width(); x++) {
                            System.arraycopy(row, x * step * 3, bgr, (y / step * small.width() + x) * 3, 3);
                        }
                    }
                },
                new Cancellation());
        return new Raster(small, bgr);
    }

    /// The mean of up to 4 x 4 samples per pixel, filling the thumbnail and cut at the edges.
    ///
    /// @param density pixels for a unit of layout
    static Image shrink(Raster image, int density) {
        Size size = image.size();
        int width = WIDTH * density;
        int height = HEIGHT * density;
        double scale = Math.min((double) size.width() / width, (double) size.height() / height);
        double left = (size.width() - width * scale) / 2;
        double top = (size.height() - height * scale) / 2;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = mean(image, left + x * scale, top + y * scale, scale);
            }
        }
        WritableImage small = new WritableImage(width, height);
        small.getPixelWriter().setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return small;
    }

    private static int mean(Raster image, double x, double y, double side) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = 0; i < 16; i++) {
            int column = Math.clamp((int) (x + side * (i % 4 + 0.5) / 4), 0, image.width() - 1);
            int row = Math.clamp((int) (y + side * ((i >> 2) + 0.5) / 4), 0, image.height() - 1);
            int argb = image.argb(column, row);
            red += argb >> 16 & 0xFF;
            green += argb >> 8 & 0xFF;
            blue += argb & 0xFF;
        }
        return 0xFF000000 | (red >> 4) << 16 | (green >> 4) << 8 | blue >> 4;
    }
}
