package terrazzo.app;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableBooleanValue;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.util.Duration;
import javax.imageio.ImageIO;
import terrazzo.core.AtomicFile;

/// Writes pictures of a window.
final class Screenshots {

    /// What transitions, fonts and the canvas's fine frame need after the last change.
    private static final Duration REST = Duration.millis(600);

    private Screenshots() {}

    /// Calls `then` once `settled` has been true for a moment. UI thread.
    static void whenSettled(ObservableBooleanValue settled, Runnable then) {
        PauseTransition rest = new PauseTransition(REST);
        rest.setOnFinished(_ -> {
            if (settled.get()) {
                then.run();
            }
        });
        settled.addListener((_, _, now) -> {
            if (now) {
                rest.playFromStart();
            } else {
                rest.stop();
            }
        });
        if (settled.get()) {
            rest.playFromStart();
        }
    }

    /// Writes the scene as a PNG. UI thread.
    static void write(Scene scene, Path file) throws IOException {
        BufferedImage picture = SwingFXUtils.fromFXImage(scene.snapshot(null), null);
        // Without an alpha channel the file is smaller and every viewer shows the same.
        BufferedImage opaque = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(picture, 0, 0, null);
        AtomicFile.write(file, out -> ImageIO.write(opaque, "png", out));
    }
}
